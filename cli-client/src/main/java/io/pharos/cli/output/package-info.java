/** How messages are written to standard output. */
@NullMarked
package io.pharos.cli.output;

import org.jspecify.annotations.NullMarked;
