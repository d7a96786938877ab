package io.pharos.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say to each other on the control channels: a byte for the form's version, a byte for
 * the message's type, numbers and texts as {@link DataOutputStream} writes them.
 */
sealed interface ControlMessage {
  /** What one message has at the most; longer ones are not ours. */
  int MAX_BYTES = 1 << 20;

  /** The form that is written here, and the only one that is read. */
  int VERSION = 1;

  /**
   * To all nodes.
   *
   * @param id no other request's
   * @param from whose address the answer goes to
   */
  record Request(String id, String from, Question question) implements ControlMessage {}

  /**
   * To the one that asked: a part of the answer.
   *
   * @param id the request's
   * @param from who answers
   * @param part counts from 0
   * @param last whether the answer ends here
   */
  record Reply(String id, String from, int part, boolean last, List<List<String>> rows)
      implements ControlMessage {
    public Reply {
      rows = List.copyOf(rows);
    }
  }

  /** What goes on the channel. */
  default byte[] encode() {
    var bytes = new ByteArrayOutputStream(256);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      switch (this) {
        case Request request -> {
          out.writeByte(1);
          out.writeUTF(request.id());
          out.writeUTF(request.from());
          out.writeUTF(request.question().kind().name());
          out.writeUTF(request.question().argument());
        }
        case Reply reply -> {
          out.writeByte(2);
          out.writeUTF(reply.id());
          out.writeUTF(reply.from());
          out.writeInt(reply.part());
          out.writeBoolean(reply.last());
          out.writeInt(reply.rows().size());
          for (List<String> row : reply.rows()) {
            out.writeInt(row.size());
            for (String each : row) {
              out.writeUTF(each);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Null when this is no message, or one of another version. */
  static @Nullable ControlMessage decode(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return null;
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readUnsignedByte() != VERSION) {
        return null;
      }
      ControlMessage message =
          switch (in.readUnsignedByte()) {
            case 1 ->
                new Request(
                    in.readUTF(),
                    in.readUTF(),
                    new Question(Question.Kind.valueOf(in.readUTF()), in.readUTF()));
            case 2 ->
                new Reply(in.readUTF(), in.readUTF(), in.readInt(), in.readBoolean(), rows(in));
            default -> null;
          };
      return in.available() == 0 ? message : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Never believes a number: what is not there cannot be read. */
  private static List<List<String>> rows(DataInputStream in) throws IOException {
    var rows = new ArrayList<List<String>>();
    for (int left = in.readInt(); left > 0; left--) {
      var row = new ArrayList<String>();
      for (int texts = in.readInt(); texts > 0; texts--) {
        row.add(in.readUTF());
      }
      rows.add(row);
    }
    return rows;
  }
}
