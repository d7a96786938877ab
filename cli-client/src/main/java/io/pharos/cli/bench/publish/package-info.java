/** Sends publications when they are due, whatever the server does. */
@NullMarked
package io.pharos.cli.bench.publish;

import org.jspecify.annotations.NullMarked;
