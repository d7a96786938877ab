/**
 * The shared log in Redis: one script call publishes, one connection listens, and whatever it
 * misses is read again from the destination's stream.
 */
@NullMarked
package io.pharos.redis;

import org.jspecify.annotations.NullMarked;
