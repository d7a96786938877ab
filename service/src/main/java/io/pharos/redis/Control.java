package io.pharos.redis;

import io.pharos.message.PharosException;
import io.pharos.presence.NodeView;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** Asks all nodes and answers when asked, over channels in Redis. */
final class Control {
  private static final Logger LOG = System.getLogger(Control.class.getName());

  /** Questions that are answered at once; of more, the asking node does not hear. */
  private static final int MOST = 64;

  private final MemberCalls calls;
  private final String address;
  private final NodeView local;
  private final MemberTimings timings;
  private final Executor executor;
  private final ConcurrentMap<String, Inquiry> open = new ConcurrentHashMap<>();
  private final Semaphore answering = new Semaphore(MOST);
  private final LongAdder unreadable = new LongAdder();

  /**
   * @param local what this node answers with
   * @param executor runs what may block: a virtual thread a task
   */
  Control(
      MemberCalls calls, String address, NodeView local, MemberTimings timings, Executor executor) {
    this.calls = calls;
    this.address = address;
    this.local = local;
    this.timings = timings;
    this.executor = executor;
  }

  /** Where answers to this node go. */
  String address() {
    return address;
  }

  /**
   * Asks, and returns when all have answered or their time is over.
   *
   * @param others the addresses of those that are alive
   * @throws RedisUnavailable when they cannot be asked
   */
  Inquiry ask(Question question, Set<String> others) {
    var inquiry = new Inquiry(others);
    if (others.isEmpty()) {
      return inquiry;
    }
    String id = calls.randomWord();
    open.put(id, inquiry);
    try {
      send("", new ControlMessage.Request(id, address, question));
      inquiry.await(timings.answer().toNanos());
      return inquiry;
    } finally {
      open.remove(id);
    }
  }

  /** Takes what came on a channel. Never blocks, whatever it is. */
  void received(byte[] payload) {
    switch (ControlMessage.decode(payload)) {
      case ControlMessage.Request request -> {
        if (!request.from().equals(address) && answering.tryAcquire()) {
          executor.execute(() -> answer(request));
        }
      }
      case ControlMessage.Reply reply -> {
        Inquiry inquiry = open.get(reply.id());
        if (inquiry != null) {
          inquiry.accept(reply);
        }
      }
      case null -> unreadable.increment();
    }
  }

  /** How many things came that are no messages of this version. */
  long unreadable() {
    return unreadable.sum();
  }

  private void answer(ControlMessage.Request request) {
    try {
      List<List<String>> rows = request.question().ask(local);
      for (ControlMessage.Reply part : ReplyParts.of(request.id(), address, rows)) {
        send(request.from(), part);
      }
    } catch (PharosException e) {
      LOG.log(Level.WARNING, "Another node gets no answer: {0}", e.detail());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Answering another node failed", e);
    } finally {
      answering.release();
    }
  }

  private void send(String to, ControlMessage message) {
    calls.tell(to, message.encode());
  }
}
