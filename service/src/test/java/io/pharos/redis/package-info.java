/** Redis tests: a real server, started and killed as the tests want it. */
@org.jspecify.annotations.NullMarked
package io.pharos.redis;
