package io.pharos.cli.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code pharos bench}. */
public final class BenchOptions {
  /** When clients come back. */
  enum Resume {
    DROPPED(Load.Churn.DROP_AND_RESUME),
    LOST(Load.Churn.RETURN);

    private final Load.Churn churn;

    Resume(Load.Churn churn) {
      this.churn = churn;
    }
  }

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "How clients subscribe: sse, stomp (over WebSocket), sockjs (STOMP over xhr_streaming,"
              + " which SockJS is for), or ws (a WebSocket whose messages are the publications, for"
              + " other servers). Default sse.")
  Access.Transport transport = Access.Transport.SSE;

  @Option(
      names = "--clients",
      paramLabel = "N",
      description = "Clients that subscribe. Default ${DEFAULT-VALUE}.")
  int clients = 100;

  @Option(
      names = "--destinations",
      paramLabel = "M",
      description = "Destinations that the clients are spread over. Default ${DEFAULT-VALUE}.")
  int destinations = 1;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Length of each message, at least 48. Default ${DEFAULT-VALUE}.")
  int size = 128;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Publications a second, in total. Default ${DEFAULT-VALUE}.")
  double rate = 10;

  @Option(
      names = "--burst",
      paramLabel = "K",
      description = "Publications at once, at the same rate. Default ${DEFAULT-VALUE}.")
  int burst = 1;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "How long to measure. Default 30s.")
  Duration duration = Duration.ofSeconds(30);

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      description = "How long to publish before measuring. Default 10s.")
  Duration warmUp = Duration.ofSeconds(10);

  @Option(
      names = "--slow",
      paramLabel = "N",
      description = "How many of the clients stop reading once they are subscribed.")
  int slow;

  @Option(
      names = "--resume",
      paramLabel = "dropped|lost",
      arity = "0..1",
      fallbackValue = "dropped",
      description =
          "Clients come back with their positions. dropped, or nothing: they drop their connections"
              + " at random, every 5 seconds on average. lost: they only come back when the server"
              + " ended them, after growing random pauses of at most 5 seconds; for restarts. At"
              + " the end, those whom the server has lost are waited for, a minute at the most.")
  @Nullable Resume resume;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      split = ",",
      description = "The server's processes on this machine: tells their CPU time and memory.")
  List<Long> serverProcesses = List.of();

  @Option(
      names = "--publishers",
      paramLabel = "N",
      description =
          "Connections to publish over; a destination keeps to one. Default ${DEFAULT-VALUE}.")
  int publishers = 1;

  @Option(
      names = "--publish-by",
      paramLabel = "http|stomp",
      description =
          "http: POST requests, pipelined. stomp: SEND frames without receipts, which cost the"
              + " server less. Default: stomp when the clients use it, otherwise http.")
  Access.@Nullable Publishing publishBy;

  @Option(
      names = "--subscribe-url",
      paramLabel = "TEMPLATE",
      description = "Another server's address to subscribe at, with {destination} or {n}.")
  @Nullable String subscribeUrl;

  @Option(
      names = "--publish-url",
      paramLabel = "TEMPLATE",
      description = "Another server's address to POST to, with {destination} or {n}.")
  @Nullable String publishUrl;

  @Option(
      names = {"--destination", "--stomp-destination"},
      paramLabel = "TEMPLATE",
      description = "Name of the destinations, with {n}. Default /topic/bench/RUN/{n}.")
  @Nullable String destination;

  @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header of every request.")
  List<String> headers = List.of();

  /** What to do to the server. */
  public Load load() {
    return new Load(
        clients,
        destinations,
        size,
        rate,
        burst,
        warmUp,
        duration,
        slow,
        resume == null ? Load.Churn.STAY : resume.churn);
  }

  /**
   * How to reach it.
   *
   * @param token to log in with, or null
   */
  public Access access(String server, @Nullable String token) {
    return new Access(
        transport,
        publishing(),
        server.endsWith("/") ? server.substring(0, server.length() - 1) : server,
        token,
        subscribeUrl,
        publishUrl,
        destinationName(),
        headers.stream().map(BenchOptions::headerLine).toList());
  }

  /** Whether the addresses of another server than Pharos are given. */
  public boolean isForAnotherServer() {
    return subscribeUrl != null;
  }

  public int publishers() {
    return publishers;
  }

  /** The server's processes; may be empty. */
  public List<Long> serverProcesses() {
    return serverProcesses;
  }

  private Access.Publishing publishing() {
    if (publishBy != null) {
      return publishBy;
    }
    boolean stomp = transport == Access.Transport.STOMP || transport == Access.Transport.SOCKJS;
    return stomp && publishUrl == null ? Access.Publishing.STOMP : Access.Publishing.HTTP;
  }

  private String destinationName() {
    if (destination == null) {
      long run = new SplittableRandom().nextLong(1L << 40);
      return String.format(Locale.ROOT, "/topic/bench/%x/{n}", run);
    }
    if (destinations > 1 && !destination.contains("{n}")) {
      throw new IllegalArgumentException("--destination needs {n} where there are several");
    }
    return destination;
  }

  private static String headerLine(String header) {
    int equals = header.indexOf('=');
    if (equals < 1 || header.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("--header must be NAME=VALUE");
    }
    return header.substring(0, equals) + ": " + header.substring(equals + 1);
  }
}
