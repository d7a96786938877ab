package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.broker.Broker;
import io.pharos.broker.History;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.message.Position;
import io.pharos.security.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a destination retains. */
@ApplicationScoped
@Path("history")
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  @Inject Broker broker;

  @GET
  @Operation(summary = "Read retained messages, oldest first")
  public Response history(
      @Parameter(description = "Which destination, such as /topic/news", required = true)
          @QueryParam("destination")
          @Nullable String destination,
      @Parameter(description = "Only what comes after this position") @QueryParam("after")
          @Nullable String after,
      @Parameter(
              description = "How many; 0 gives the bounds alone",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "0",
                      maximum = "" + MAX_LIMIT,
                      defaultValue = "" + DEFAULT_LIMIT))
          @QueryParam("limit")
          @Nullable String limit,
      @Context SecurityContext security) {
    Identity identity = Caller.of(security);
    DestinationPattern readable =
        identity.subscription(Required.parameter("destination", destination));
    if (!readable.isLiteral()) {
      throw PharosException.badRequest("history is read of one destination, without wildcards");
    }
    var target = Destination.of(readable.value());
    if (target.kind() == Destination.Kind.QUEUE) {
      throw PharosException.badRequest(
          "'"
              + target
              + "' is a work queue and has no history: GET /api/queues tells what it holds");
    }
    Position position = after == null || after.isEmpty() ? null : Position.parse(after);
    History history = broker.history(target, position, limit(limit));
    return Response.ok(json(target, history).toString())
        .header("Cache-Control", "no-store")
        .build();
  }

  private static int limit(@Nullable String limit) {
    if (limit == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int number = Integer.parseInt(limit);
      if (number >= 0 && number <= MAX_LIMIT) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw PharosException.badRequest(
        "the query parameter 'limit' must be a number from 0 to " + MAX_LIMIT);
  }

  private static JsonObject json(Destination destination, History history) {
    JsonArrayBuilder messages = JSON.createArrayBuilder();
    history.messages().forEach(message -> messages.add(json(message)));
    return JSON.createObjectBuilder()
        .add("destination", destination.asSeenByClient())
        .add("start", history.start().toString())
        .add("position", history.top().toString())
        .add("complete", history.complete())
        .add("messages", messages)
        .build();
  }

  private static JsonObjectBuilder json(Message message) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", message.position().toString())
            .add("destination", message.destination().asSeenByClient())
            .add("timestamp", message.timestamp().toEpochMilli());
    String text = message.body().textOrNull();
    if (text != null) {
      json.add("body", text);
    } else {
      json.add("bodyBase64", Base64.getEncoder().encodeToString(message.body().bytes()));
    }
    if (message.contentType() != null) {
      json.add("contentType", message.contentType());
    }
    JsonObjectBuilder headers = JSON.createObjectBuilder();
    message.headers().values().forEach(headers::add);
    return json.add("headers", headers);
  }
}
