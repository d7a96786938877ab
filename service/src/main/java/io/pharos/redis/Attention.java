package io.pharos.redis;

import io.pharos.message.Destination;
import java.util.Collection;

/** Listens to what a wildcard matches, where Redis cannot do that for a pattern. */
interface Attention {
  /** Redis finds the channels that a pattern matches. */
  Attention BY_PATTERN =
      new Attention() {
        @Override
        public void begin(Collection<Destination> destinations) {
          // The pattern's channel carries them.
        }

        @Override
        public void end(Destination destination) {
          // It goes with the pattern.
        }
      };

  /**
   * Listens to these destinations from now on, too; returns when Redis has confirmed it.
   *
   * @throws RedisUnavailable when it does not in time; then none of these is listened to
   */
  void begin(Collection<Destination> destinations);

  /** Nobody wants it any more. */
  void end(Destination destination);
}
