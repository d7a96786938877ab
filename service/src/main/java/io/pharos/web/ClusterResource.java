package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.hub.Drain;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import io.pharos.presence.ConnectionInfo;
import io.pharos.presence.Members;
import io.pharos.presence.NodeInfo;
import io.pharos.presence.Selection;
import io.pharos.presence.Subscriber;
import io.pharos.presence.Survey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Who is there, over all nodes, and how to send them away. All but presence is for administrators.
 */
@ApplicationScoped
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {
  private static final int MAX_DRAIN_SECONDS = 3600;

  @Inject Members members;
  @Inject Drain drain;

  @GET
  @Path("presence")
  @Operation(summary = "Users and sessions subscribed to a destination, over all nodes")
  public Response presence(
      @Parameter(required = true) @QueryParam("destination") @Nullable String destination,
      @Context SecurityContext security) {
    DestinationPattern readable =
        Caller.of(security).subscription(Required.parameter("destination", destination));
    if (!readable.isLiteral()) {
      throw PharosException.badRequest("presence is asked for one destination, without wildcards");
    }
    var target = Destination.of(readable.value());
    Survey<Subscriber> answers = members.subscribers(target);
    List<Subscriber> subscribers = answers.found();
    JsonObjectBuilder json = JSON.createObjectBuilder().add("destination", target.asSeenByClient());
    json.add("users", subscribers.stream().map(Subscriber::user).distinct().count());
    json.add("subscribers", array(subscribers, ClusterResource::json));
    return ok(json, answers);
  }

  @GET
  @Path("connections")
  @Operation(summary = "Every connection, on all nodes (admin)")
  public Response connections(@Context SecurityContext security) {
    Caller.of(security).rights().checkAdmin();
    Survey<ConnectionInfo> answers = members.connections();
    return ok(
        JSON.createObjectBuilder()
            .add("connections", array(answers.found(), ClusterResource::json)),
        answers);
  }

  @DELETE
  @Path("connections/{id}")
  @Operation(summary = "End a connection, on whichever node it is (admin)")
  public Response endConnection(@PathParam("id") String id, @Context SecurityContext security) {
    Caller.of(security).rights().checkAdmin();
    int ended = members.end(new Selection.Connection(id));
    return ended > 0
        ? ended(ended)
        : new Problem(404, "Not found", "there is no connection with this id").response();
  }

  /** For every name: a path cannot carry one with a slash through all servers and proxies. */
  @DELETE
  @Path("connections")
  @Operation(summary = "End all connections of the user that is named, on all nodes (admin)")
  public Response endConnections(
      @Parameter(required = true) @QueryParam("user") @Nullable String user,
      @Context SecurityContext security) {
    return endUser(Required.parameter("user", user), security);
  }

  @DELETE
  @Path("users/{name}/connections")
  @Operation(summary = "End all connections of a user, on all nodes (admin)")
  public Response endUser(@PathParam("name") String name, @Context SecurityContext security) {
    Caller.of(security).rights().checkAdmin();
    return ended(members.end(new Selection.User(name)));
  }

  @GET
  @Path("nodes")
  @Operation(summary = "The nodes that are alive (admin)")
  public Response nodes(@Context SecurityContext security) {
    Caller.of(security).rights().checkAdmin();
    return ok(
        JSON.createObjectBuilder().add("nodes", array(members.nodes(), ClusterResource::json)));
  }

  @POST
  @Path("drain")
  @Operation(
      summary =
          "Send this node's clients away, spread over some seconds; it is not ready from then on"
              + " (admin)")
  @APIResponse(responseCode = "202", description = "It has begun: how many connections will end")
  public Response drain(
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "0",
                      maximum = "" + MAX_DRAIN_SECONDS,
                      defaultValue = "30"))
          @QueryParam("seconds")
          @DefaultValue("30")
          String seconds,
      @Context SecurityContext security) {
    Caller.of(security).rights().checkAdmin();
    int clients = drain.start(window(seconds));
    return Response.accepted(
            JSON.createObjectBuilder().add("connections", clients).build().toString())
        .build();
  }

  private static Duration window(String seconds) {
    try {
      int number = Integer.parseInt(seconds);
      if (number >= 0 && number <= MAX_DRAIN_SECONDS) {
        return Duration.ofSeconds(number);
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    throw PharosException.badRequest(
        "the query parameter 'seconds' must be a number from 0 to " + MAX_DRAIN_SECONDS);
  }

  private static Response ended(int connections) {
    return ok(JSON.createObjectBuilder().add("ended", connections));
  }

  /** Tells, beside what was found, whether that is all of it. */
  private static Response ok(JsonObjectBuilder json, Survey<?> answers) {
    json.add("complete", answers.isComplete());
    if (!answers.isComplete()) {
      json.add("silentNodes", JSON.createArrayBuilder(answers.silent()));
    }
    return ok(json);
  }

  private static Response ok(JsonObjectBuilder json) {
    return Response.ok(json.build().toString()).header("Cache-Control", "no-store").build();
  }

  private static <T> JsonArrayBuilder array(List<T> items, Function<T, JsonObjectBuilder> json) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    items.forEach(item -> array.add(json.apply(item)));
    return array;
  }

  private static JsonObjectBuilder json(Subscriber subscriber) {
    return JSON.createObjectBuilder()
        .add("user", subscriber.user())
        .add("session", subscriber.session())
        .add("node", subscriber.node());
  }

  private static JsonObjectBuilder json(ConnectionInfo connection) {
    return JSON.createObjectBuilder()
        .add("id", connection.id())
        .add("node", connection.node())
        .add("user", connection.user())
        .add("transport", connection.transport())
        .add("ageSeconds", connection.age().toSeconds())
        .add("waiting", connection.waiting())
        .add("subscriptions", JSON.createArrayBuilder(connection.subscriptions()));
  }

  private static JsonObjectBuilder json(NodeInfo node) {
    return JSON.createObjectBuilder()
        .add("id", node.id())
        .add("version", node.version())
        .add("startedAt", node.startedAt().toString())
        .add("connections", node.connections())
        .add("draining", node.draining());
  }
}
