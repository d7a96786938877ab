package io.pharos.queue;

import io.pharos.message.Destination;

/**
 * What a queue holds at one moment.
 *
 * @param depth messages that wait for a consumer
 * @param pending messages that a consumer holds and has not settled
 * @param consumers how many consumers there are, over all nodes
 */
public record QueueStatus(Destination queue, long depth, long pending, int consumers) {}
