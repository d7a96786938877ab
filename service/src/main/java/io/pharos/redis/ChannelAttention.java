package io.pharos.redis;

import io.pharos.message.Destination;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Claims the channel of each destination that a wildcard matches. */
final class ChannelAttention implements Attention {
  private final Subscriber subscriber;
  private final Function<Destination, Channel> channels;
  private final Map<Destination, Channel> claimed = new ConcurrentHashMap<>();

  ChannelAttention(Subscriber subscriber, Function<Destination, Channel> channels) {
    this.subscriber = subscriber;
    this.channels = channels;
  }

  @Override
  public void begin(Collection<Destination> destinations) {
    var added = new LinkedHashMap<Destination, Channel>();
    for (Destination each : destinations) {
      Channel channel = channels.apply(each);
      if (claimed.putIfAbsent(each, channel) == null) {
        added.put(each, channel);
      }
    }
    try {
      subscriber.claim(added.values());
    } catch (RedisUnavailable e) {
      // What could not be claimed is not to be released, either.
      added.keySet().forEach(claimed::remove);
      throw e;
    }
  }

  @Override
  public void end(Destination destination) {
    Channel channel = claimed.remove(destination);
    if (channel != null) {
      subscriber.release(channel);
    }
  }
}
