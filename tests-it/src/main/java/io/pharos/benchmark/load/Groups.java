package io.pharos.benchmark.load;

import java.util.List;

/** Many groups of ten, measured for as long as some collections of garbage take to come by. */
public final class Groups implements Scenario {
  private final Servers servers;
  private final Plan plan;

  public Groups(Servers servers, Plan plan) {
    this.servers = servers;
    this.plan = plan;
  }

  @Override
  public String name() {
    return "groups";
  }

  @Override
  public void run(Bench bench) {
    FanOut.turns(
        bench,
        "groups",
        List.of(servers),
        plan.warmingUp(plan.heat()).measuring(3 * plan.duration()),
        1,
        "--clients=" + plan.crowd(),
        "--rate=" + plan.crowd() / 5,
        "--destinations=" + plan.crowd() / 10,
        "--publishers=4");
  }
}
