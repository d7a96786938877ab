package io.pharos.stomp;

import io.pharos.message.PharosException;
import io.pharos.message.PharosException.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's open transactions: frames that wait for their COMMIT, and are forgotten without it
 * (STOMP 1.2, "BEGIN", "COMMIT", "ABORT"). Used by one thread at a time.
 */
final class Transactions {
  private static final int MAX_NAME = 255;

  private static final class Open {
    private final List<Frame> frames = new ArrayList<>();
    private long bytes;
  }

  private final TransactionLimits limits;
  private final Map<String, Open> open = new HashMap<>(2);
  private long bytes;

  Transactions(TransactionLimits limits) {
    this.limits = limits;
  }

  void begin(Frame frame) {
    String name = RequiredHeader.of(frame, "transaction");
    if (name.length() > MAX_NAME) {
      throw PharosException.badRequest("transaction is longer than " + MAX_NAME + " characters");
    }
    if (open.containsKey(name)) {
      throw PharosException.badRequest("a transaction of this name is open already");
    }
    if (open.size() >= limits.open()) {
      throw new PharosException(
          Code.LIMIT_EXCEEDED,
          "a session has no more than " + limits.open() + " open transactions");
    }
    open.put(name, new Open());
  }

  /** Keeps a frame for the transaction that it names; false when it names none. */
  boolean keep(Frame frame) {
    String name = frame.header("transaction");
    if (name == null) {
      return false;
    }
    Open transaction = known(open.get(name));
    long weight = frame.weight();
    if (bytes + weight > limits.bytes()) {
      throw new PharosException(
          Code.LIMIT_EXCEEDED,
          "a session's open transactions hold no more than " + limits.bytes() + " bytes");
    }
    transaction.frames.add(frame);
    transaction.bytes += weight;
    bytes += weight;
    return true;
  }

  /** Ends the transaction that the frame names, and hands out its frames in their order. */
  List<Frame> end(Frame frame) {
    Open transaction = known(open.remove(RequiredHeader.of(frame, "transaction")));
    bytes -= transaction.bytes;
    return transaction.frames;
  }

  /** Forgets all of them. */
  void abortAll() {
    open.clear();
    bytes = 0;
  }

  private static Open known(@Nullable Open transaction) {
    if (transaction == null) {
      throw PharosException.badRequest("no transaction of this name is open");
    }
    return transaction;
  }
}
