package io.pharos.redis;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** What a connection can be subscribed to. */
record Channel(String name, Kind kind) {

  /** One command may name those channels for which this is the same. */
  Object togetherWith() {
    return kind == Kind.SHARDED ? slot() : kind;
  }

  /** The slot of a cluster that the channel is of, if it is sharded. */
  int slot() {
    return JedisClusterCRC16.getSlot(name.getBytes(StandardCharsets.UTF_8));
  }

  /** How Redis finds the channel's subscribers. */
  enum Kind {
    EXACT(Command.SUBSCRIBE, Command.UNSUBSCRIBE),
    GLOB(Command.PSUBSCRIBE, Command.PUNSUBSCRIBE),
    /** Of a slot: only the shard that has it knows the channel. */
    SHARDED(Command.SSUBSCRIBE, Command.SUNSUBSCRIBE);

    private final Command subscribe;
    private final Command unsubscribe;

    Kind(Command subscribe, Command unsubscribe) {
      this.subscribe = subscribe;
      this.unsubscribe = unsubscribe;
    }

    Command subscribe() {
      return subscribe;
    }

    Command unsubscribe() {
      return unsubscribe;
    }
  }
}
