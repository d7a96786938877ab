package io.pharos.stomp;

import io.pharos.message.PharosException;
import org.jspecify.annotations.Nullable;

/** A frame that cannot be read or not be accepted. The connection ends with it. */
public final class StompException extends PharosException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String receiptId;

  public StompException(Code code, String detail, @Nullable String receiptId) {
    super(code, detail);
    this.receiptId = receiptId;
  }

  static StompException malformed(String detail) {
    return new StompException(Code.BAD_REQUEST, detail, null);
  }

  static StompException tooLarge(String detail) {
    return new StompException(Code.TOO_LARGE, detail, null);
  }

  /** The {@code receipt} header of the frame that failed, as far as it was read; or null. */
  public @Nullable String receiptId() {
    return receiptId;
  }

  StompException withReceiptId(@Nullable String id) {
    if (id == null || receiptId != null) {
      return this;
    }
    var named = new StompException(code(), detail(), id);
    named.setStackTrace(getStackTrace());
    return named;
  }
}
