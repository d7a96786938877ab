package io.pharos.messaging.dispatch;

import io.pharos.hub.Publisher;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.Headers;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.message.UserName;
import io.pharos.messaging.PushTemplate;
import io.pharos.security.Identity;
import io.pharos.security.Rights;
import jakarta.json.bind.Jsonb;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publishes in the application's own name, which may publish everywhere. */
public final class Template implements PushTemplate {
  private static final Identity APPLICATION =
      new Identity(
          new UserName("application"),
          new Rights(
              List.of(),
              List.of(
                  new DestinationPattern("/topic/**"),
                  new DestinationPattern("/queue/**"),
                  new DestinationPattern("/user/*/queue/**")),
              false),
          Instant.MAX,
          null);

  private final Publisher publisher;
  private final Jsonb json;

  public Template(Publisher publisher, Jsonb json) {
    this.publisher = publisher;
    this.json = json;
  }

  @Override
  public String send(String destination, Object payload, Map<String, String> headers) {
    return publish(Destination.of(destination), Content.of(payload, json), headers);
  }

  @Override
  public String sendToUser(
      String user, String destination, Object payload, Map<String, String> headers) {
    return publish(ofUser(user, destination), Content.of(payload, json), headers);
  }

  static Destination ofUser(String user, String destination) {
    if (!destination.startsWith("/queue/")) {
      throw PharosException.badRequest("a user's destination must be /queue/X");
    }
    return Destination.ofUser(new UserName(user), destination);
  }

  String publish(Destination destination, Content content, Map<String, String> headers) {
    if (destination.kind() == Destination.Kind.APP) {
      throw PharosException.badRequest("the application does not send to its own handlers");
    }
    var own = new LinkedHashMap<>(headers);
    String contentType = own.remove("content-type");
    String key = own.remove("idempotency-key");
    var publication =
        new Publication(
            destination,
            content.body(),
            contentType == null ? content.contentType() : contentType,
            new Headers(own),
            key);
    return publisher.publish(APPLICATION, publication).position().toString();
  }
}
