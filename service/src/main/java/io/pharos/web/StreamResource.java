package io.pharos.web;

import io.pharos.admission.Admission;
import io.pharos.admission.NotAdmittedException;
import io.pharos.admission.Ticket;
import io.pharos.broker.Broker;
import io.pharos.hub.Drain;
import io.pharos.hub.Feed;
import io.pharos.hub.Hub;
import io.pharos.hub.Resume;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.security.Identity;
import io.pharos.session.CloseReason;
import io.pharos.session.Session;
import io.pharos.sse.CursorTracker;
import io.pharos.sse.StreamRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * Event streams (HTML standard, section 9.2). The first event is {@code connected}; then comes what
 * the client missed after its {@code Last-Event-ID}, then what is published, until the client goes
 * or its token expires.
 */
@ApplicationScoped
@Path("")
@Produces(MediaType.SERVER_SENT_EVENTS)
public class StreamResource {
  private static final String NOTIFICATIONS = "/user/queue/notifications";
  private static final String CACHE_CONTROL = "no-store, no-transform";
  private static final String RESUME =
      "The id of the last event that came, to get what was missed since; or earliest, for all that"
          + " is retained";

  @Inject HubBroadcaster broadcaster;
  @Inject Hub hub;
  @Inject Broker broker;
  @Inject WebLimits limits;
  @Inject Drain drain;
  @Inject Admission admission;
  @Inject ClientAddress addresses;

  @GET
  @Path("stream")
  @Operation(
      summary = "Stream of the destinations that are named",
      description = "Wildcards: * and a last **")
  @Parameter(
      name = "Last-Event-ID",
      in = ParameterIn.HEADER,
      description = RESUME,
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "lastEventId",
      in = ParameterIn.QUERY,
      description = "The same, for clients that cannot set a header",
      schema = @Schema(type = SchemaType.STRING))
  public void stream(
      @Parameter(description = "May be repeated", required = true) @QueryParam("destination")
          List<String> destinations,
      @Context SecurityContext security,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Suspended AsyncResponse suspended)
      throws IOException {
    open(destinations, Caller.of(security), request, response, suspended);
  }

  @GET
  @Path("notifications/stream")
  @Operation(summary = "Stream of the caller's own notifications, /user/queue/notifications")
  @Parameter(
      name = "Last-Event-ID",
      in = ParameterIn.HEADER,
      description = RESUME,
      schema = @Schema(type = SchemaType.STRING))
  @Parameter(
      name = "lastEventId",
      in = ParameterIn.QUERY,
      description = "The same, for clients that cannot set a header",
      schema = @Schema(type = SchemaType.STRING))
  public void notifications(
      @Context SecurityContext security,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Suspended AsyncResponse suspended)
      throws IOException {
    open(List.of(NOTIFICATIONS), Caller.of(security), request, response, suspended);
  }

  @HEAD
  @Path("stream")
  @Operation(hidden = true)
  public Response streamHead(
      @QueryParam("destination") List<String> destinations,
      @Context SecurityContext security,
      @Context HttpServletRequest request) {
    return head(destinations, Caller.of(security), request);
  }

  @HEAD
  @Path("notifications/stream")
  @Operation(hidden = true)
  public Response notificationsHead(
      @Context SecurityContext security, @Context HttpServletRequest request) {
    return head(List.of(NOTIFICATIONS), Caller.of(security), request);
  }

  /** What GET would answer, or refuse, without a stream (RFC 9110, section 9.3.2). */
  private Response head(List<String> destinations, Identity identity, HttpServletRequest request) {
    StreamRequest wanted = request(destinations, identity);
    LastEventId.of(request, wanted);
    return streamHeaders().build();
  }

  private void open(
      List<String> destinations,
      Identity identity,
      HttpServletRequest request,
      HttpServletResponse response,
      AsyncResponse suspended)
      throws IOException {
    // All that can be refused is refused before the exchange becomes a stream.
    StreamRequest wanted = request(destinations, identity);
    Resume resume = LastEventId.of(request, wanted);
    Ticket ticket;
    try {
      ticket = admit(addresses.of(request), identity);
    } catch (NotAdmittedException e) {
      suspended.resume(refusal(e));
      return;
    }
    Session session;
    CursorTracker cursor = CursorTracker.of(wanted);
    try {
      EventStreamSink sink = begin(request.getAsyncContext(), response, cursor);
      session = broadcaster.register(sink, identity, ticket);
    } catch (IOException | RuntimeException e) {
      ticket.close();
      throw e;
    }
    if (drain.isDraining()) {
      // No status but 200 lets an EventSource come back.
      session.close(CloseReason.SERVER_STOPPING);
      return;
    }
    try {
      start(session, wanted, resume, cursor);
    } catch (PharosException e) {
      // The headers are sent: the client is told to come back.
      session.close(CloseReason.UNAVAILABLE);
    }
  }

  private Ticket admit(String address, Identity identity) {
    admission.handshake(address);
    Ticket ticket = admission.enter(address);
    try {
      ticket.login(identity.user().value());
      return ticket;
    } catch (NotAdmittedException e) {
      ticket.close();
      throw e;
    }
  }

  /** A stream that ends at once: any other status would end an EventSource for good. */
  private static Response refusal(NotAdmittedException refusal) {
    return ended(ControlEvents.refusal(refusal));
  }

  /** The same for what cannot be done at the moment. */
  static Response notNow(PharosException failure) {
    return ended(ControlEvents.notNow(failure));
  }

  private static Response ended(byte[] stream) {
    return streamHeaders().entity(stream).header("Connection", "close").build();
  }

  /** The same that {@link #begin} sends. */
  private static Response.ResponseBuilder streamHeaders() {
    return Response.ok()
        .type(MediaType.SERVER_SENT_EVENTS)
        .header("Cache-Control", CACHE_CONTROL)
        .header("X-Accel-Buffering", "no");
  }

  private static EventStreamSink begin(
      AsyncContext exchange, HttpServletResponse response, CursorTracker cursor)
      throws IOException {
    exchange.setTimeout(0);
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(MediaType.SERVER_SENT_EVENTS);
    response.setHeader("Cache-Control", CACHE_CONTROL);
    response.setHeader("X-Accel-Buffering", "no");
    // A stream is the last thing on its connection: the socket of a client that has stopped reading
    // must not wait for another request.
    response.setHeader("Connection", "close");
    response.flushBuffer();
    return new EventStreamSink(exchange, response.getOutputStream(), cursor);
  }

  private StreamRequest request(List<String> destinations, Identity identity) {
    if (destinations.isEmpty()) {
      throw PharosException.badRequest("the query parameter 'destination' is required");
    }
    if (destinations.size() > limits.maxStreamDestinations()) {
      throw PharosException.badRequest(
          "a stream can have "
              + limits.maxStreamDestinations()
              + " destinations, not "
              + destinations.size());
    }
    List<DestinationPattern> patterns = new ArrayList<>();
    for (String destination : destinations) {
      DestinationPattern pattern = identity.subscription(destination);
      Hub.checkSupported(pattern);
      checkNoQueue(pattern);
      patterns.add(pattern);
    }
    return StreamRequest.of(patterns);
  }

  /** An event stream cannot say what it has received: messages would be lost on its way. */
  private static void checkNoQueue(DestinationPattern pattern) {
    if (pattern.value().startsWith("/queue/")) {
      throw PharosException.badRequest(
          "'"
              + pattern
              + "' is a work queue, whose messages have to be acknowledged: consume it by STOMP");
    }
  }

  private void start(Session session, StreamRequest wanted, Resume resume, CursorTracker cursor) {
    List<Feed> feeds = new ArrayList<>();
    Map<Destination, Position> positions = new TreeMap<>();
    for (DestinationPattern pattern : wanted.patterns()) {
      Feed feed = hub.subscribe(session, pattern.value(), pattern, resume);
      feeds.add(feed);
      positions.putAll(feed.positions());
    }
    List<Destination> atMostOnce =
        positions.keySet().stream().filter(d -> !broker.retains(d)).toList();
    cursor.begin(positions);
    session.offer(ControlEvents.connected(session, cursor.token(), positions, atMostOnce));
    feeds.forEach(Feed::start);
  }
}
