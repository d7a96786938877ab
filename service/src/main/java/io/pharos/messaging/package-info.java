/** What applications use: annotations for message handlers, and the injectable publisher. */
@NullMarked
package io.pharos.messaging;

import org.jspecify.annotations.NullMarked;
