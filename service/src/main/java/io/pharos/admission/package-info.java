/** Who is let in: bounds on connections and handshakes, and how a client is sent away. */
@NullMarked
package io.pharos.admission;

import org.jspecify.annotations.NullMarked;
