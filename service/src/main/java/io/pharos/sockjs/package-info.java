/**
 * SockJS 0.3.3 on the server: sessions, framings and answers. It knows neither what travels inside
 * nor what carries it.
 */
@NullMarked
package io.pharos.sockjs;

import org.jspecify.annotations.NullMarked;
