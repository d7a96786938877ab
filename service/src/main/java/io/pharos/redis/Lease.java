package io.pharos.redis;

import io.pharos.presence.NodeView;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import redis.clients.jedis.CommandArguments;

/**
 * This node's membership: its id, for as long as it renews it. Each time that it begins it is
 * another incarnation, so that whoever was declared dead cannot change anything any more. Of two
 * processes with the same id the later one has it; the earlier one, once it notices, goes on under
 * the id with {@code ~} and four digits behind it.
 */
final class Lease {
  private static final Logger LOG = System.getLogger(Lease.class.getName());

  /**
   * What a renewal is answered with.
   *
   * @param alive the members, this one included
   * @param dead incarnations whose seats are to be given up
   * @param events how many events wait to be published
   * @param seats how many seats are known of this node
   */
  record Roll(List<Member> alive, List<String> dead, long events, long seats) {}

  private final MemberCalls calls;
  private final MemberTimings timings;
  private final NodeView local;
  private final String address;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile String id;
  private volatile String incarnation;
  private int generation = 1;
  private boolean begun;

  Lease(MemberCalls calls, MemberTimings timings, NodeView local) {
    this.calls = calls;
    this.timings = timings;
    this.local = local;
    address = calls.randomWord();
    id = local.node().id();
    incarnation = address + "." + generation;
  }

  /** Where this process is reached, whatever its incarnation. */
  String address() {
    return address;
  }

  /** This node's id: the one that was configured, or a derived one. */
  String id() {
    return id;
  }

  /** Changes whenever what was known of this node is void. */
  String incarnation() {
    return incarnation;
  }

  /**
   * Renews, or begins anew when that is not possible any more.
   *
   * @throws RedisUnavailable when Redis is away
   */
  Roll renew() {
    lock.lock();
    try {
      List<?> answer = ask();
      String status = MemberCalls.text(answer.getFirst());
      if (status.equals("lost") || status.equals("superseded")) {
        lost(status.equals("superseded"));
        answer = ask();
        status = MemberCalls.text(answer.getFirst());
      }
      begun = true;
      if (status.equals("taken")) {
        LOG.log(
            Level.WARNING,
            "Took over the node id {0} from one whose lease was not over: it was killed just now,"
                + " or two nodes have the same pharos.node.id",
            id);
      }
      return roll(answer);
    } finally {
      lock.unlock();
    }
  }

  /** Has the next renewal begin anew. */
  void renounce() {
    lock.lock();
    try {
      beginAnew();
    } finally {
      lock.unlock();
    }
  }

  private void lost(boolean superseded) {
    if (superseded) {
      String derived = local.node().id() + "~" + address.substring(0, 4);
      LOG.log(
          Level.ERROR,
          "Another node has the id {0}, too, and has taken it over; this one goes on as {1}. Give"
              + " each node a pharos.node.id of its own",
          id,
          derived);
      id = derived;
    } else {
      LOG.log(
          Level.WARNING,
          "The lease of {0} was lost: the node was silent for longer than {1} ms, or Redis has lost"
              + " its data. It begins anew",
          id,
          timings.lease().toMillis());
    }
    beginAnew();
  }

  private void beginAnew() {
    generation++;
    incarnation = address + "." + generation;
    begun = false;
  }

  private List<?> ask() {
    CommandArguments call =
        calls
            .script(Script.RENEW, incarnation)
            .add(id)
            .add(Member.describe(new NamedView(local, () -> id).node()))
            .add(timings.lease().toMillis())
            .add(begun ? "0" : "1");
    if (calls.call(call) instanceof List<?> answer && answer.size() == 5) {
      return answer;
    }
    throw new IllegalStateException("the script for leases has answered something else");
  }

  private static Roll roll(List<?> answer) {
    var alive = new ArrayList<Member>();
    List<?> members = (List<?>) answer.get(1);
    for (int i = 0; i + 1 < members.size(); i += 2) {
      Member member =
          Member.read(MemberCalls.text(members.get(i)), MemberCalls.text(members.get(i + 1)));
      if (member != null) {
        alive.add(member);
      }
    }
    List<String> dead = ((List<?>) answer.get(2)).stream().map(MemberCalls::text).toList();
    return new Roll(List.copyOf(alive), dead, (Long) answer.get(3), (Long) answer.get(4));
  }
}
