package io.pharos.messaging.dispatch;

import io.pharos.broker.HistoryLimits;
import io.pharos.broker.MemoryBroker;
import io.pharos.hub.HandlerReply;
import io.pharos.hub.HandlerRequest;
import io.pharos.hub.Metrics;
import io.pharos.hub.Publisher;
import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.Publication;
import io.pharos.session.Session;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/** An application whose beans are plain objects, on a broker of its own. */
final class Application {
  private static final Jsonb JSON = JsonbBuilder.create();
  private static final Validator VALIDATOR =
      Validation.byDefaultProvider()
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();

  private final HistoryLimits limits = new HistoryLimits(1000, Duration.ofHours(1));
  private final MemoryBroker broker = new MemoryBroker(d -> limits, Clock.systemUTC());
  private final Dispatcher dispatcher;

  /** What went to the one session that asked, each as {@code DESTINATION BODY}. */
  final List<String> replies = new ArrayList<>();

  final Template template = new Template(new Publisher(broker, 1000, Metrics.NONE), JSON);

  /** Calls that are going on. */
  int calls;

  Application(Object... beans) {
    broker.start((destination, batch) -> {});
    dispatcher =
        new Dispatcher(table(beans), template, JSON, VALIDATOR, new SessionBook(), this::call);
  }

  static HandlerTable table(Object... beans) {
    return HandlerTable.of(Arrays.stream(beans).<HandlerBean>map(PlainBean::new).toList());
  }

  private void call(Runnable call) {
    calls++;
    try {
      call.run();
    } finally {
      calls--;
    }
  }

  void send(Session session, Publication publication) {
    dispatcher.send(request(session, publication));
  }

  /** Sends to {@code /app/NAME} as ann. */
  void send(String name, String body) {
    send(TestSession.of("ann"), Publication.text(Destination.of("/app/" + name), body));
  }

  void send(String name, byte[] body, @Nullable String contentType, Map<String, String> headers) {
    send(
        TestSession.of("ann"),
        new Publication(
            Destination.of("/app/" + name),
            Body.wrap(body),
            contentType,
            new Headers(headers),
            null));
  }

  /** Subscribes to {@code /app/NAME} as ann. */
  @Nullable HandlerReply subscribe(String name) {
    return dispatcher.subscribe(
        request(
            TestSession.of("ann"),
            new Publication(Destination.of("/app/" + name), Body.EMPTY, null, Headers.NONE, null)));
  }

  private HandlerRequest request(Session session, Publication publication) {
    return new HandlerRequest(
        session,
        publication,
        (destination, reply) ->
            replies.add(destination.asSeenByClient() + " " + text(reply.body())));
  }

  static String text(Body body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }

  List<Message> messages(String destination) {
    return broker.history(Destination.of(destination), null, 1000).messages();
  }

  /** The bodies of what was published. */
  List<String> published(String destination) {
    return messages(destination).stream().map(each -> text(each.body())).toList();
  }

  private record PlainBean(Object instance) implements HandlerBean {
    @Override
    public Class<?> type() {
      return instance.getClass();
    }

    @Override
    public Lease lease() {
      return new Lease() {
        @Override
        public Object instance() {
          return instance;
        }

        @Override
        public void close() {}
      };
    }
  }
}
