package io.pharos.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs what sessions have to do, first come, first served, on as few threads as keep the machine
 * busy: starting one for each write costs more than many a write. A task may block for as long as
 * it likes. Once it has taken some milliseconds, another thread has its place, so that those behind
 * it wait no longer than that.
 *
 * <p>What is done in steps is done with all that each step submits: by the same thread, next, while
 * what the step has touched is in its processor's caches. The following step waits its turn behind
 * others, and may be taken by another thread at once.
 */
public final class WriterThreads implements Executor, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(WriterThreads.class.getName());

  /** How often it is looked who blocks, and how long a task may take before it is held to. */
  private static final long STEP = 5_000_000;

  /** After how many looks at nobody the next one waits until there is somebody. */
  private static final int PATIENCE = 20;

  /** After how many tasks other virtual threads get their turn. */
  private static final int TURN = 32;

  /** The one that a thread is. */
  private static final ThreadLocal<@Nullable Worker> CURRENT = new ThreadLocal<>();

  private final int parallelism;
  private final ClassLoader loader = WriterThreads.class.getClassLoader();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();

  /** Workers that have a place: all but those that were replaced. */
  private final AtomicInteger busy = new AtomicInteger();

  /** How many places there are. More than usual while many block. */
  private volatile int places;

  private final Thread watch;
  private volatile boolean watching;
  private volatile boolean closed;

  /** For as many at once as there are processors. */
  public WriterThreads() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param parallelism how many tasks run at once when none blocks
   */
  WriterThreads(int parallelism) {
    this.parallelism = parallelism;
    this.places = parallelism;
    this.watch = Thread.ofPlatform().name("pharos-writers").daemon().unstarted(this::watch);
    watch.start();
  }

  /** Never blocks. What is given after closing runs as well. */
  @Override
  public void execute(Runnable task) {
    Worker worker = CURRENT.get();
    if (worker == null || !worker.gathers(this, task)) {
      enqueue(task);
    }
  }

  /**
   * Runs steps, one after the other, until one says that it was the last. A step must not block,
   * nor wait for what it submits: that runs after it.
   *
   * @param step takes one step; says whether another one is due. A failure ends it
   */
  public void executeInSteps(BooleanSupplier step) {
    enqueue(new Steps(step));
  }

  private void enqueue(Runnable task) {
    waiting.add(task);
    if (busy.get() < places && takePlace()) {
      start();
    }
  }

  private boolean takePlace() {
    int now = busy.get();
    while (now < places) {
      if (busy.compareAndSet(now, now + 1)) {
        return true;
      }
      now = busy.get();
    }
    return false;
  }

  private void start() {
    var worker = new Worker();
    workers.add(worker);
    Thread.ofVirtual().name("pharos-writer").start(worker);
    if (!watching) {
      watching = true;
      LockSupport.unpark(watch);
    }
  }

  /** Something that is done in steps, each of them in a turn of its own. */
  private final class Steps implements Runnable {
    private final BooleanSupplier step;

    Steps(BooleanSupplier step) {
      this.step = step;
    }

    @Override
    public void run() {
      Objects.requireNonNull(CURRENT.get()).runWithAllThatFollows(this::take);
    }

    /** The next step may begin before this returns. */
    private void take() {
      if (step.getAsBoolean()) {
        enqueue(this);
      }
    }
  }

  /**
   * What one step has submitted. One thread takes one task after the other; when one of them
   * blocks, the rest is everybody's.
   */
  private static final class Bundle {
    private final List<Runnable> tasks = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();

    /** Only before anybody runs it. */
    void add(Runnable task) {
      tasks.add(task);
    }

    @Nullable Runnable poll() {
      int mine = next.getAndIncrement();
      return mine < tasks.size() ? tasks.get(mine) : null;
    }

    /** Gives all that nobody has taken to others. */
    void scatter(Consumer<Runnable> others) {
      for (Runnable task = poll(); task != null; task = poll()) {
        others.accept(task);
      }
    }
  }

  /** Takes one task after the other; ends when there is none, or another one has its place. */
  private final class Worker implements Runnable {
    private final AtomicBoolean replaced = new AtomicBoolean();

    /** When the task began that it is at; 0 between tasks. Whoever looks may see it a bit late. */
    private final AtomicLong since = new AtomicLong();

    /** What the step submits that it is at. */
    private @Nullable Bundle gathering;

    /** Of what it takes its tasks for now. */
    private volatile @Nullable Bundle bundle;

    private int tasks;

    @Override
    public void run() {
      Thread.currentThread().setContextClassLoader(loader);
      CURRENT.set(this);
      try {
        do {
          work();
        } while (!replaced.get() && leave());
      } finally {
        workers.remove(this);
      }
    }

    private void work() {
      Runnable task = waiting.poll();
      while (task != null) {
        run(task);
        task = replaced.get() ? null : waiting.poll();
      }
    }

    /** Whether a task is kept, to be run after the step that submits it. */
    boolean gathers(WriterThreads given, Runnable task) {
      if (gathering == null || given != WriterThreads.this) {
        return false;
      }
      gathering.add(task);
      return true;
    }

    void runWithAllThatFollows(Runnable step) {
      var submitted = new Bundle();
      gathering = submitted;
      try {
        run(step);
      } finally {
        gathering = null;
        runAll(submitted);
      }
    }

    private void runAll(Bundle all) {
      bundle = all;
      Runnable task = next(all);
      while (task != null) {
        run(task);
        task = next(all);
      }
      bundle = null;
      all.scatter(WriterThreads.this::enqueue);
    }

    private @Nullable Runnable next(Bundle all) {
      return replaced.get() ? null : all.poll();
    }

    // Nobody takes a processor away from a virtual thread: it has to give it up by itself.
    @SuppressWarnings("ThreadPriorityCheck")
    private void run(Runnable task) {
      since.setRelease(System.nanoTime() | 1);
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.log(System.Logger.Level.ERROR, "A task of a session failed", e);
      }
      since.setRelease(0);
      // It was meant for the task that is over.
      boolean unused = Thread.interrupted();
      tasks++;
      if (tasks % TURN == 0) {
        Thread.yield();
      }
    }

    /** Gives up its place; whether it got one again, because a task came meanwhile. */
    private boolean leave() {
      if (!replaced.compareAndSet(false, true)) {
        return false;
      }
      busy.decrementAndGet();
      if (waiting.isEmpty() || !takePlace()) {
        return false;
      }
      replaced.set(false);
      return true;
    }

    /** Takes its place away if it has been at one task for long. */
    boolean replace(long now) {
      long begun = since.get();
      if (begun != 0 && now - begun > STEP && replaced.compareAndSet(false, true)) {
        busy.decrementAndGet();
        handOver();
        return true;
      }
      return false;
    }

    /** Has somebody else take what is left, while the task that it is at blocks. */
    private void handOver() {
      Bundle rest = bundle;
      if (rest != null) {
        rest.scatter(waiting::add);
      }
    }
  }

  private void watch() {
    int looks = 0;
    while (!closed) {
      LockSupport.parkNanos(STEP);
      look();
      looks = workers.isEmpty() ? looks + 1 : 0;
      if (looks > PATIENCE) {
        watching = false;
        if (workers.isEmpty() && !closed) {
          LockSupport.park(this);
        }
        watching = true;
        looks = 0;
      }
    }
  }

  /** Whether it is looked regularly who blocks; ceases after a rest. */
  boolean isWatching() {
    return watching;
  }

  private void look() {
    long now = System.nanoTime();
    int blocked = 0;
    for (Worker worker : workers) {
      if (worker.replace(now)) {
        blocked++;
      }
    }
    // When all block, there may be many more like them: twice as many are let in each time.
    places = blocked > 0 && blocked >= places ? 2 * places : Math.max(parallelism, places / 2);
    for (int i = 0; i < places && !waiting.isEmpty() && takePlace(); i++) {
      start();
    }
  }

  /** Ends the watch over tasks that block. Tasks that wait still run. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
  }
}
