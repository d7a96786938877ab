package io.pharos.messaging.dispatch;

import io.pharos.hub.HandlerReply;
import io.pharos.hub.HandlerRequest;
import io.pharos.hub.MessageHandlers;
import io.pharos.message.Destination;
import io.pharos.message.PharosException;
import jakarta.json.bind.Jsonb;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls the handler that a message is for, and sends what it returns where it is to go. */
public final class Dispatcher implements MessageHandlers {
  private final HandlerTable table;
  private final Template template;
  private final Jsonb json;
  private final PayloadReader payloads;
  private final Executor scope;
  private final SessionBook sessions;

  /**
   * @param scope runs a call in the same thread, with whatever has to be there around it
   */
  public Dispatcher(
      HandlerTable table,
      Template template,
      Jsonb json,
      Validator validator,
      SessionBook sessions,
      Executor scope) {
    this.table = table;
    this.template = template;
    this.json = json;
    this.payloads = new PayloadReader(json, validator);
    this.sessions = sessions;
    this.scope = scope;
  }

  @Override
  public void send(HandlerRequest request) {
    HandlerTable.Match match = table.message(name(request));
    if (match == null) {
      throw MessageHandlers.unknown(request);
    }
    scope.execute(() -> process(match, request));
  }

  @Override
  public @Nullable HandlerReply subscribe(HandlerRequest request) {
    HandlerTable.Match match = table.subscription(name(request));
    if (match == null) {
      throw MessageHandlers.unknown(request);
    }
    var reply = new AtomicReference<@Nullable HandlerReply>();
    scope.execute(() -> reply.set(answer(match, request)));
    return reply.get();
  }

  private static String name(HandlerRequest request) {
    return request.publication().destination().value().substring("/app/".length());
  }

  private void process(HandlerTable.Match match, HandlerRequest request) {
    Invocation invocation = invocation(match, request);
    HandlerMethod method = match.method();
    try {
      Object result = method.call(invocation, payloads);
      if (result != null && !method.routes().named()) {
        template.publish(
            Destination.of("/topic/" + invocation.name()), Content.of(result, json), Map.of());
      } else if (result != null) {
        send(result, method.routes(), invocation);
      }
    } catch (Throwable e) {
      rescue(method, invocation, e);
    }
  }

  private @Nullable HandlerReply answer(HandlerTable.Match match, HandlerRequest request) {
    Invocation invocation = invocation(match, request);
    HandlerMethod method = match.method();
    try {
      Object result = method.call(invocation, payloads);
      if (result != null && !method.routes().named()) {
        Content content = Content.of(result, json);
        return new HandlerReply(content.body(), content.contentType());
      }
      if (result != null) {
        send(result, method.routes(), invocation);
      }
    } catch (Throwable e) {
      rescue(method, invocation, e);
    }
    return null;
  }

  private Invocation invocation(HandlerTable.Match match, HandlerRequest request) {
    return new Invocation(request, match.variables(), sessions.of(request.session()), null);
  }

  /** Hands a failure to whoever handles it, or on. */
  private void rescue(HandlerMethod method, Invocation invocation, Throwable failure) {
    HandlerMethod catcher = table.catcher(method.type(), failure);
    if (catcher == null) {
      throw asFailure(method, failure);
    }
    try {
      Object result = catcher.call(invocation.failed(failure), payloads);
      if (result != null && !catcher.routes().named()) {
        reply("/queue/errors", Content.of(result, json), invocation);
      } else if (result != null) {
        send(result, catcher.routes(), invocation);
      }
    } catch (Throwable e) {
      throw asFailure(catcher, e);
    }
  }

  private void send(Object result, Routes routes, Invocation invocation) {
    Content content = Content.of(result, json);
    for (String to : routes.to()) {
      template.publish(Destination.of(Routes.fill(to, invocation.variables())), content, Map.of());
    }
    for (String to : routes.toUser()) {
      String filled = Routes.fill(to, invocation.variables());
      if (routes.broadcast()) {
        template.publish(Template.ofUser(invocation.user(), filled), content, Map.of());
      } else {
        reply(filled, content, invocation);
      }
    }
  }

  private static void reply(String to, Content content, Invocation invocation) {
    invocation
        .request()
        .replies()
        .accept(
            Template.ofUser(invocation.user(), to),
            new HandlerReply(content.body(), content.contentType()));
  }

  private static RuntimeException asFailure(HandlerMethod method, Throwable failure) {
    return switch (failure) {
      case PharosException refused -> refused;
      case ConstraintViolationException invalid ->
          new PharosException(PharosException.Code.BAD_REQUEST, sentence(invalid), invalid);
      default -> new HandlerFailedException(method, failure);
    };
  }

  private static String sentence(ConstraintViolationException invalid) {
    return invalid.getConstraintViolations().stream()
        .map(each -> each.getPropertyPath() + " " + each.getMessage())
        .sorted()
        .collect(Collectors.joining("; ", "the body is not valid: ", ""));
  }
}
