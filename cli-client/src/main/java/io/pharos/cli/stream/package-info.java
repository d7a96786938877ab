/** Following destinations over any transport, across lost connections. */
@NullMarked
package io.pharos.cli.stream;

import org.jspecify.annotations.NullMarked;
