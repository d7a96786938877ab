/** One client: its user, its outbox, and the connection under it. */
@NullMarked
package io.pharos.session;

import org.jspecify.annotations.NullMarked;
