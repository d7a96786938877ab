/** The servers that are compared: how each is started, reached and watched. */
@NullMarked
package io.pharos.benchmark.server;

import org.jspecify.annotations.NullMarked;
