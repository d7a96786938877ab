/** The server's HTTP interface, and what to log in with. */
@NullMarked
package io.pharos.cli.api;

import org.jspecify.annotations.NullMarked;
