/** Many connections on one thread. */
@NullMarked
package io.pharos.cli.bench.net;

import org.jspecify.annotations.NullMarked;
