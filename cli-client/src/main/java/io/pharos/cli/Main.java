package io.pharos.cli;

import io.pharos.cli.failure.ExitCode;
import io.pharos.cli.terminal.Environment;
import io.pharos.cli.terminal.Interruption;
import io.pharos.cli.terminal.TerminalProbe;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the {@code pharos} command starts and ends. */
public final class Main {
  /** How long a command may take to stop at a signal, in seconds. */
  private static final int GRACE = 3;

  private Main() {}

  public static void main(String[] args) {
    // Not System.out: it hides that the reader has gone.
    var environment =
        new Environment(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new PrintWriter(
                new OutputStreamWriter(
                    new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8),
                true),
            new TerminalProbe().probe(),
            System.getenv(),
            Path.of(System.getProperty("user.home")));
    var interruption = new Interruption(Thread.currentThread());
    var finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(interruption, finished)));
    int code = new Cli(environment, interruption).run(args);
    finished.countDown();
    System.exit(code);
  }

  /** Runs at a signal, and at the normal end, when there is nothing left to do. */
  private static void stop(Interruption interruption, CountDownLatch finished) {
    if (finished.getCount() == 0) {
      return;
    }
    interruption.raise();
    try {
      if (!finished.await(GRACE, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
  }
}
