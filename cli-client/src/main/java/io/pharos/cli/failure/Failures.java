package io.pharos.cli.failure;

import io.pharos.message.PharosException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The one place that makes sentences and exit codes of what went wrong. Never shows a trace. */
public final class Failures {
  private final String server;

  /**
   * Explains failures of one server's client.
   *
   * @param server what to call the server in a sentence
   */
  public Failures(URI server) {
    this.server = server.toString();
  }

  /** What the person is told. */
  public CliException explain(Throwable failure) {
    return switch (failure) {
      case CliException cli -> cli;
      case PharosException pharos -> ofPharos(pharos);
      case ServerRefusedException refused -> ofStatus(refused);
      case NotOfferedException missing ->
          CliException.failed(server + " " + sentence(missing), missing.hint());
      case UnexpectedAnswerException answer ->
          CliException.failed(
              sentence(answer), "Is " + server + " a Pharos server? Name another with --server.");
      case IOException io -> ofIo(io);
      case IllegalArgumentException argument -> CliException.usage(sentence(argument));
      default ->
          CliException.failed(
              "unexpected failure: " + failure, "This is a defect of pharos: please report it.");
    };
  }

  /**
   * What the person is told when publishing failed.
   *
   * @param failure with an earlier one among its suppressed ones, if that left it open
   * @param ifStored the hint for when what was published may have been stored all the same
   */
  public CliException explainPublishing(IOException failure, String ifStored) {
    CliException explained = explain(failure);
    boolean earlier =
        Arrays.stream(failure.getSuppressed())
            .anyMatch(it -> it instanceof IOException io && leavesOutcomeOpen(io));
    return earlier || leavesOutcomeOpen(failure)
        ? new CliException(explained.exitCode(), explained.message(), ifStored)
        : explained;
  }

  /** Whether the server may have done what it was asked for, before this failed. */
  public static boolean leavesOutcomeOpen(IOException failure) {
    return switch (failure) {
      case ServerRefusedException refused -> refused.leavesOutcomeOpen();
      case UnexpectedAnswerException unexpected -> false;
      default -> connectFailure(failure) == null;
    };
  }

  private static CliException ofPharos(PharosException failure) {
    return switch (failure.code()) {
      case BAD_REQUEST -> CliException.usage(failure.detail());
      case UNAUTHENTICATED, FORBIDDEN -> CliException.notAuthorised(failure.detail(), null);
      case TOO_LARGE, LIMIT_EXCEEDED, UNSUPPORTED, BUSY, UNAVAILABLE ->
          CliException.failed(failure.detail(), null);
    };
  }

  private CliException ofStatus(ServerRefusedException refused) {
    String detail = refused.detail();
    return switch (refused.status()) {
      case 401 ->
          CliException.notAuthorised(
              "not logged in to " + server + ": " + detail,
              "Give a valid token with --token, PHAROS_TOKEN or a context; 'pharos token create'"
                  + " makes one.");
      case 403 ->
          CliException.notAuthorised(
              "not allowed at " + server + ": " + detail,
              "Use a token that has the right; 'pharos token create' makes one.");
      case 404 ->
          CliException.failed(
              "no Pharos found at " + server + ": " + detail,
              "Check the address, context root included, and give it with --server.");
      case 413 ->
          CliException.failed(detail, "The limit is the server's pharos.message.max-bytes.");
      case 429, 502, 503, 504 ->
          CliException.failed(
              server + " is not available: " + detail, "Try again, or see 'pharos health'.");
      default ->
          CliException.failed(server + " answered " + refused.status() + ": " + detail, null);
    };
  }

  private CliException ofIo(IOException failure) {
    String why = connectFailure(failure);
    if (why != null) {
      return CliException.cannotConnect(
          "cannot connect to " + server + ": " + why,
          "Is the server running? Start it with 'mvn compile liberty:run' or 'java -jar"
              + " pharos-server.jar', or name another one with --server.");
    }
    return CliException.failed("lost the connection to " + server + ": " + sentence(failure), null);
  }

  /** Why no connection came about; null when the failure is another one. */
  public static @Nullable String connectFailure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case HttpConnectTimeoutException e -> {
          return "no answer in time";
        }
        case UnresolvedAddressException e -> {
          return "unknown host";
        }
        case UnknownHostException e -> {
          return "unknown host";
        }
        case SSLException e -> {
          return "TLS failed: " + ownWords(e);
        }
        case ConnectException e when !(e.getCause() instanceof UnresolvedAddressException) -> {
          String message = e.getMessage();
          return message == null || message.isBlank() ? "connection refused" : lowerFirst(message);
        }
        default -> {}
      }
    }
    return null;
  }

  /** A failure's own words, or its kind where it has none. */
  public static String sentence(Throwable failure) {
    String connect = connectFailure(failure);
    return connect == null ? ownWords(failure) : connect;
  }

  private static String ownWords(Throwable failure) {
    String message = failure.getMessage();
    if (message != null && !message.isBlank()) {
      return message.lines().findFirst().orElse(message);
    }
    return failure instanceof TimeoutException
        ? "no answer in time"
        : failure.getClass().getSimpleName();
  }

  private static String lowerFirst(String message) {
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
