package io.pharos.cli.api;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/**
 * The resources that show who is there and send them away, over all nodes.
 *
 * <p>Each call throws like those of {@link Api}.
 */
public final class ClusterApi {
  private final Requests requests;

  public ClusterApi(Login login, HttpTransport http) {
    this.requests = new Requests(login, http);
  }

  /** Answers {@code {"users","subscribers":[…],"complete"}}. */
  public JsonObject presence(String destination) throws IOException, InterruptedException {
    return get(requests.resource("/api/presence", "destination", destination));
  }

  /** Answers {@code {"connections":[…],"complete"}}. */
  public JsonObject connections() throws IOException, InterruptedException {
    return get(requests.resource("/api/connections"));
  }

  /** Answers {@code {"nodes":[…]}}. */
  public JsonObject nodes() throws IOException, InterruptedException {
    return get(requests.resource("/api/nodes"));
  }

  /** Answers {@code {"queues":[…]}}. */
  public JsonObject queues() throws IOException, InterruptedException {
    return get(requests.resource("/api/queues"));
  }

  /** Ends one connection; answers {@code {"ended"}}. */
  public JsonObject endConnection(String id) throws IOException, InterruptedException {
    return delete(requests.resource("/api/connections/" + segment(id)));
  }

  /** Ends all connections of a user; answers {@code {"ended"}}. */
  public JsonObject endUser(String name) throws IOException, InterruptedException {
    return delete(requests.resource("/api/connections", "user", name));
  }

  /** Sends the clients of the node that answers away; answers {@code {"connections"}}. */
  public JsonObject drain(int seconds) throws IOException, InterruptedException {
    URI resource = requests.resource("/api/drain", "seconds", Integer.toString(seconds));
    return requests.sendForObject(requests.to(resource).POST(BodyPublishers.noBody()).build());
  }

  private JsonObject get(URI resource) throws IOException, InterruptedException {
    return requests.sendForObject(requests.to(resource).GET().build());
  }

  private JsonObject delete(URI resource) throws IOException, InterruptedException {
    return requests.sendForObject(requests.to(resource).DELETE().build());
  }

  private static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
