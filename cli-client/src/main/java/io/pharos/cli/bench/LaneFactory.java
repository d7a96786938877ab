package io.pharos.cli.bench;

import io.pharos.cli.bench.measure.Schedule;
import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.publish.Lane;
import io.pharos.cli.bench.publish.LaneEvents;

/** Makes the ways to publish. */
@FunctionalInterface
interface LaneFactory {
  Lane lane(Reactor reactor, Schedule schedule, LaneEvents events);
}
