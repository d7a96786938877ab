package io.pharos.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** A script that Redis runs as one step, called by its digest. */
enum Script {
  PUBLISH("log.lua", "publish.lua"),
  HISTORY("log.lua", "history.lua"),
  NOTE("note.lua"),
  NOTED("noted.lua"),
  RENEW("members.lua", "renew.lua"),
  SEATS("members.lua", "seats.lua"),
  BURY("members.lua", "bury.lua"),
  QUEUE_PUBLISH("queue.lua", "queue-batch.lua", "queue-publish.lua"),
  QUEUE_RESERVE("queue.lua", "queue-batch.lua", "queue-reserve.lua"),
  QUEUE_TAKE("queue.lua", "queue-node.lua", "queue-take.lua"),
  QUEUE_SETTLE("queue.lua", "queue-node.lua", "queue-settle.lua"),
  QUEUE_LEAVE("queue.lua", "queue-node.lua", "queue-leave.lua"),
  QUEUE_STATUS("queue.lua", "queue-status.lua");

  private final String source;
  private final String digest;

  /**
   * @param files what the script is made of, in this order, after what all begin with
   */
  Script(String... files) {
    var text = new StringBuilder(resource("base.lua"));
    for (String file : files) {
      text.append(resource(file));
    }
    source = text.toString();
    digest = digest(source);
  }

  /** A call without keys and arguments yet. */
  CommandArguments call(int keys) {
    return new CommandArguments(Protocol.Command.EVALSHA).add(digest).add(keys);
  }

  /** What makes Redis know it. */
  CommandArguments load() {
    return new CommandArguments(Protocol.Command.SCRIPT).add("LOAD").add(source);
  }

  private static String resource(String file) {
    try (InputStream in = Script.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("resource " + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
