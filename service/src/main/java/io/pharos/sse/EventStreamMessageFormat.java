package io.pharos.sse;

import io.pharos.message.Body;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message as an event: its type is the publication's {@code event} header, its data the body, as
 * it is. A body that is not UTF-8 becomes a data URL (RFC 2397), {@code
 * data:application/octet-stream;base64,…}, with the publication's own media type if there is one,
 * without parameters: a browser's {@code fetch} decodes it. Destination, content type and the other
 * headers have no place in an event; a client that needs them to tell events apart names its
 * events, or reads its destinations by STOMP.
 */
public final class EventStreamMessageFormat extends WireFormat<EncodedEvent> {
  public static final EventStreamMessageFormat INSTANCE = new EventStreamMessageFormat();
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-zA-Z0-9!$&.+^_-]+/[a-zA-Z0-9!$&.+^_-]+");

  private EventStreamMessageFormat() {
    super(Slot.EVENT_STREAM, EncodedEvent.class);
  }

  @Override
  protected EncodedEvent encode(Message message) {
    var buffer = new EventBuffer();
    buffer.id(message.position().toString());
    int idLength = buffer.length();
    String event = message.headers().get(Headers.EVENT);
    buffer.type(event == null || event.isEmpty() ? "message" : event);
    buffer.data(data(message.body(), message.contentType())).put('\n');
    return new EncodedEvent(buffer.toByteArray(), idLength);
  }

  private static byte[] data(Body body, @Nullable String contentType) {
    if (body.isText()) {
      return body.bytes();
    }
    String mediaType = "application/octet-stream";
    if (contentType != null) {
      int semicolon = contentType.indexOf(';');
      String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip();
      if (MEDIA_TYPE.matcher(type).matches()) {
        mediaType = type;
      }
    }
    String base64 = Base64.getEncoder().encodeToString(body.bytes());
    return ("data:" + mediaType + ";base64," + base64).getBytes(StandardCharsets.US_ASCII);
  }
}
