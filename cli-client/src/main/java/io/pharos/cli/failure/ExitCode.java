package io.pharos.cli.failure;

/** How a command ended, for the script that called it. Part of the public contract. */
public enum ExitCode {
  DONE(0),
  /** The server or this machine refused, for a reason without a code of its own. */
  FAILED(1),
  /** The command line is wrong; nothing was sent. */
  USAGE(2),
  /** No token, one that does not hold, or one that lacks the right. */
  NOT_AUTHORISED(3),
  CANNOT_CONNECT(4),
  /** The time was up before enough messages had come. */
  TIMED_OUT(5),
  /** Everything else went well, but messages were missed that cannot be replayed. */
  GAP(6),
  /** SIGINT or SIGTERM. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
