/**
 * Work queues: the port, and the queues that one node keeps in its own memory. A message of a queue
 * is stored before anyone consumes it, and goes to one consumer, who answers for it.
 */
@NullMarked
package io.pharos.queue;

import org.jspecify.annotations.NullMarked;
