package io.pharos.redis;

import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Which of Redis' two kinds of channels is used: all servers', or those of one slot. */
enum Dialect {
  PLAIN(Command.PUBLISH, Channel.Kind.EXACT),
  SHARDED(Command.SPUBLISH, Channel.Kind.SHARDED);

  private final Command publish;
  private final Channel.Kind kind;

  Dialect(Command publish, Channel.Kind kind) {
    this.publish = publish;
    this.kind = kind;
  }

  /** What hands out on a channel. */
  Command publish() {
    return publish;
  }

  /** A channel of which the whole name is known. */
  Channel channel(String name) {
    return new Channel(name, kind);
  }

  /** One script may use those keys for which this is the same. */
  Object togetherWith(String key) {
    return switch (this) {
      case PLAIN -> this;
      case SHARDED -> JedisClusterCRC16.getSlot(key);
    };
  }

  /**
   * The channel for a pattern.
   *
   * @param plain the one that all servers would have for it
   * @param index where new destinations are told
   */
  Channel channel(Channel plain, Channel index) {
    return switch (this) {
      case PLAIN -> plain;
      case SHARDED -> plain.kind() == Channel.Kind.GLOB ? index : channel(plain.name());
    };
  }

  /** How destinations are listened to that a wildcard matches. */
  Attention attention(Subscriber subscriber, Names names) {
    return switch (this) {
      case PLAIN -> Attention.BY_PATTERN;
      case SHARDED -> new ChannelAttention(subscriber, each -> channel(names.channel(each)));
    };
  }
}
