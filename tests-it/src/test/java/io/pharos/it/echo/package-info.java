/**
 * SockJS without STOMP: the services that the protocol's own tests ask for, as a WAR of their own.
 */
@NullMarked
package io.pharos.it.echo;

import org.jspecify.annotations.NullMarked;
