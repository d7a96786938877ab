package io.pharos.cli.bench;

import io.pharos.cli.bench.net.Reactor;
import io.pharos.cli.bench.publish.HttpLane;
import io.pharos.cli.bench.publish.StompLane;
import io.pharos.cli.bench.wire.HttpPublisher;
import io.pharos.cli.bench.wire.HttpTarget;
import io.pharos.cli.bench.wire.PayloadFormat;
import io.pharos.cli.bench.wire.RawWebSocketProtocol;
import io.pharos.cli.bench.wire.SockJsProtocol;
import io.pharos.cli.bench.wire.SseProtocol;
import io.pharos.cli.bench.wire.StompProtocol;
import io.pharos.cli.bench.wire.StompSettings;
import io.pharos.cli.bench.wire.Template;
import io.pharos.cli.bench.wire.WireProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a server: Pharos, or another one by the addresses that are given.
 *
 * @param transport of the subscribers
 * @param publishing how publications are sent
 * @param server Pharos's address, without a slash at its end
 * @param token to log in with at Pharos, or null
 * @param subscribeUrl a template, or null for Pharos's own address
 * @param publishUrl a template, or null for Pharos's own address
 * @param destination a template
 * @param headers of every request, without line ends
 */
public record Access(
    Transport transport,
    Publishing publishing,
    String server,
    @Nullable String token,
    @Nullable String subscribeUrl,
    @Nullable String publishUrl,
    String destination,
    List<String> headers) {

  /** How clients subscribe. */
  public enum Transport {
    SSE,
    STOMP,
    SOCKJS,
    WS
  }

  /** How publications are sent. */
  public enum Publishing {
    /** POST requests, pipelined over as many connections as there are publishers. */
    HTTP,
    /** STOMP SEND without receipts, what is due together in one WebSocket message. */
    STOMP
  }

  public Access {
    if (transport == Transport.WS && subscribeUrl == null) {
      throw new IllegalArgumentException(
          "--transport ws is for other servers: it needs --subscribe-url and --publish-url");
    }
    if (publishing == Publishing.HTTP && subscribeUrl != null && publishUrl == null) {
      throw new IllegalArgumentException("--subscribe-url needs --publish-url");
    }
  }

  /**
   * What subscribers speak.
   *
   * @param clients serves the subscribers
   */
  WireProtocol protocol(PayloadFormat format, Reactor clients) {
    return switch (transport) {
      case SSE ->
          new SseProtocol(
              targets(subscribeUrl, "/api/stream?destination={destination}"),
              allHeaders(),
              format,
              subscribeUrl == null
                  ? SseProtocol.Signal.CONNECTED_EVENT
                  : SseProtocol.Signal.HEADERS);
      case STOMP -> new StompProtocol(stomp(""), format);
      case SOCKJS -> {
        StompSettings settings = stomp("");
        var courier = new SharedLines(clients, settings.target().address());
        yield new SockJsProtocol(settings, format, courier);
      }
      case WS -> new RawWebSocketProtocol(targets(subscribeUrl, ""), allHeaders(), format);
    };
  }

  /** What publishers speak. */
  LaneFactory lanes(int destinations, PayloadFormat format) {
    if (publishing == Publishing.STOMP) {
      // SockJS has a WebSocket without its frames beside its sessions.
      StompSettings settings = stomp(transport == Transport.SOCKJS ? "/websocket" : "");
      return (reactor, schedule, events) ->
          new StompLane(reactor, settings, format, schedule, events);
    }
    IntFunction<HttpTarget> targets =
        targets(publishUrl, "/api/messages?destination={destination}");
    var publisher = new HttpPublisher(destinations, targets, allHeaders(), format);
    var address = targets.apply(0).address();
    return (Reactor reactor,
        io.pharos.cli.bench.measure.Schedule schedule,
        io.pharos.cli.bench.publish.LaneEvents events) ->
        new HttpLane(reactor, address, publisher, schedule, events);
  }

  private StompSettings stomp(String below) {
    boolean pharos = subscribeUrl == null;
    return new StompSettings(
        targets(subscribeUrl, "/ws").apply(0).below(below),
        this::name,
        headers,
        token,
        pharos ? StompSettings.Signal.RECEIPT : StompSettings.Signal.CONNECTED);
  }

  private IntFunction<HttpTarget> targets(@Nullable String url, String pharosPath) {
    var template = new Template(url == null ? server + pharosPath : url);
    return number -> HttpTarget.parse(template.of(name(number), number));
  }

  private String name(int number) {
    return destination.replace("{n}", Integer.toString(number));
  }

  private List<String> allHeaders() {
    List<String> all = new ArrayList<>(headers);
    if (token != null) {
      all.add("Authorization: Bearer " + token);
    }
    return all;
  }
}
