package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.message.PharosException;
import io.pharos.queue.QueueStatus;
import io.pharos.queue.WorkQueues;
import io.pharos.security.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the work queues hold. */
@ApplicationScoped
@Path("queues")
@Produces(MediaType.APPLICATION_JSON)
public class QueuesResource {
  @Inject WorkQueues queues;

  @GET
  @Operation(
      summary = "Depth, pending messages and consumers of the work queues",
      description = "Those that the caller may subscribe to; all of them for administrators")
  public Response queues(@Context SecurityContext security) {
    Identity identity = Caller.of(security);
    JsonArrayBuilder array = JSON.createArrayBuilder();
    queues.status().stream()
        .filter(each -> mayRead(identity, each))
        .forEach(each -> array.add(json(each)));
    return Response.ok(JSON.createObjectBuilder().add("queues", array).build().toString())
        .header("Cache-Control", "no-store")
        .build();
  }

  private static boolean mayRead(Identity identity, QueueStatus status) {
    if (identity.rights().admin()) {
      return true;
    }
    try {
      identity.subscription(status.queue().value());
      return true;
    } catch (PharosException e) {
      return false;
    }
  }

  private static JsonObjectBuilder json(QueueStatus status) {
    return JSON.createObjectBuilder()
        .add("destination", status.queue().value())
        .add("depth", status.depth())
        .add("pending", status.pending())
        .add("consumers", status.consumers());
  }
}
