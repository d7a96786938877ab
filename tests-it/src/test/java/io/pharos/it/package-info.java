/** Pharos as its users meet it: real servers, real sockets, real clients. */
@NullMarked
package io.pharos.it;

import org.jspecify.annotations.NullMarked;
