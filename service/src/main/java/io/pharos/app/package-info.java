/** Wiring: configuration, start and stop, health and metrics. */
@NullMarked
package io.pharos.app;

import org.jspecify.annotations.NullMarked;
