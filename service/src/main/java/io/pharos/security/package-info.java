/** Who a client is and what it may do: tokens, the identity they prove, and its rights. */
@NullMarked
package io.pharos.security;

import org.jspecify.annotations.NullMarked;
