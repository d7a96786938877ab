package io.pharos.redis;

import org.jspecify.annotations.Nullable;

/** The connections that listen, and which of them a channel is for. */
interface Ears extends AutoCloseable {

  void start(Subscriber.Receiver receiver);

  /** Where this channel is to be listened to; null when that is not known yet. Never blocks. */
  ChannelClaims.@Nullable Lane lane(Channel channel);

  @Override
  void close();
}
