package io.pharos.web;

import static io.pharos.web.JsonLookup.JSON;

import io.pharos.broker.Published;
import io.pharos.hub.Publisher;
import io.pharos.hub.RefusedPublicationException;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.security.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** The way in over HTTP. A 201 means stored. */
@ApplicationScoped
@Path("messages")
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {
  @Inject Publisher publisher;
  @Inject WebLimits limits;

  @POST
  @Consumes(MediaType.WILDCARD)
  @Operation(
      summary = "Publish the body as it is",
      description =
          "Each request header Pharos-Header-NAME becomes the message's header NAME, such as"
              + " Pharos-Header-pharos-key")
  @Parameter(
      name = "Pharos-Header-event",
      in = ParameterIn.HEADER,
      description = "Names the event on event streams",
      schema = @Schema(type = SchemaType.STRING))
  @APIResponse(responseCode = "201", description = "Stored: the message's id and destination")
  @APIResponse(
      responseCode = "400",
      description = "The destination, a header, the key or the body is malformed")
  @APIResponse(responseCode = "401", description = "No token, or one that does not hold")
  @APIResponse(responseCode = "403", description = "The token lacks the right to publish there")
  @APIResponse(responseCode = "413", description = "The body is over the limit")
  @APIResponse(
      responseCode = "503",
      description = "The broker is away; the detail says what was stored")
  public Response publish(
      @Parameter(description = "Where to, such as /topic/news", required = true)
          @QueryParam("destination")
          @Nullable String destination,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @HeaderParam("Content-Type") @Nullable String contentType,
      @HeaderParam("Content-Encoding") @Nullable String contentEncoding,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      InputStream body) {
    Identity identity = Caller.of(security);
    Destination target = Destination.of(Required.parameter("destination", destination));
    if (contentEncoding != null && !contentEncoding.equalsIgnoreCase("identity")) {
      throw PharosException.badRequest(
          "an encoded body is not accepted: send it without Content-Encoding");
    }
    var publication =
        new Publication(
            target,
            Body.wrap(BoundedBody.read(body, length(headers), limits.maxMessageBytes())),
            contentType,
            PublicationHeaders.of(headers.getRequestHeaders()),
            idempotencyKey);
    return created(json(publisher.publish(identity, publication)));
  }

  @POST
  @Path("batch")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Publish several messages, all or none of which are accepted")
  @APIResponse(
      responseCode = "201",
      description = "All are stored: an id and destination for each, in order")
  public Response publishBatch(
      @Context HttpHeaders headers, @Context SecurityContext security, InputStream body) {
    Identity identity = Caller.of(security);
    byte[] json = BoundedBody.read(body, length(headers), limits.maxBatchBytes());
    List<Publication> publications = BatchReader.read(json, limits.maxBatch());
    JsonArrayBuilder answers = JSON.createArrayBuilder();
    store(identity, publications).forEach(published -> answers.add(json(published)));
    return created(answers.build());
  }

  private List<Published> store(Identity identity, List<Publication> batch) {
    try {
      return publisher.publish(identity, batch);
    } catch (RefusedPublicationException e) {
      throw BatchReader.at(e.index(), e);
    }
  }

  /** As it was sent: the number that JAX-RS makes of it fails from 2 GiB on. */
  private static @Nullable String length(HttpHeaders headers) {
    return headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
  }

  private static JsonObject json(Published published) {
    return JSON.createObjectBuilder()
        .add("id", published.position().toString())
        .add("destination", published.destination().value())
        .build();
  }

  private static Response created(Object entity) {
    return Response.status(Response.Status.CREATED)
        .entity(entity.toString())
        .header("Cache-Control", "no-store")
        .build();
  }
}
