package io.pharos.redis;

import redis.clients.jedis.Protocol.Command;

/** What a connection can be subscribed to. */
record Channel(String name, Kind kind) {

  /** How Redis finds the channel's subscribers. */
  enum Kind {
    EXACT(Command.SUBSCRIBE, Command.UNSUBSCRIBE),
    GLOB(Command.PSUBSCRIBE, Command.PUNSUBSCRIBE);

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
