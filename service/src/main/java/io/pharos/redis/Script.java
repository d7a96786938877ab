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
  RENEW("members.lua", "renew.lua"),
  SEATS("members.lua", "seats.lua"),
  BURY("members.lua", "bury.lua");

  private final String source;
  private final String digest;

  Script(String beginning, String file) {
    source = resource(beginning) + resource(file);
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
