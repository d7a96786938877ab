/** The port to the shared log, and the log that one node keeps in its own memory. */
@NullMarked
package io.pharos.broker;

import org.jspecify.annotations.NullMarked;
