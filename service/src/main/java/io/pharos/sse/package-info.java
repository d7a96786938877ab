/** The event-stream format (WHATWG HTML, section 9.2), both ways, and the cursors within it. */
@NullMarked
package io.pharos.sse;

import org.jspecify.annotations.NullMarked;
