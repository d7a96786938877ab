/** The benchmark: drives a server with many clients and an open loop of publications. */
@NullMarked
package io.pharos.cli.bench;

import org.jspecify.annotations.NullMarked;
