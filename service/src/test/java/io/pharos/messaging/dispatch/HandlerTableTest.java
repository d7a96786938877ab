package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.messaging.DestinationVariable;
import io.pharos.messaging.Header;
import io.pharos.messaging.MessageExceptionHandler;
import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.SendTo;
import io.pharos.messaging.SendToUser;
import io.pharos.messaging.SubscribeMapping;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which method takes what, and which cannot be used. */
@SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // they are found by reflection
class HandlerTableTest {
  @MessageMapping("rooms")
  static class Rooms {
    @MessageMapping("{room}/say")
    void say() {}

    @MessageMapping({"lobby/say", "/hall/say"})
    void sayPublicly() {}

    @MessageMapping("{room}/{verb}")
    void any() {}

    @SubscribeMapping("{room}")
    void room() {}
  }

  @MessageMapping("chat.")
  static class Dotted {
    @MessageMapping("{verb}")
    void any() {}

    @MessageMapping("send")
    void send() {}
  }

  static class Base {
    @MessageMapping("base")
    void base() {}

    void overridden() {}
  }

  static class Derived extends Base {
    @Override
    @MessageMapping("derived")
    void overridden() {}
  }

  private static @Nullable String methodFor(HandlerTable table, String name) {
    HandlerTable.Match match = table.message(name);
    return match == null
        ? null
        : match.method().toString().replaceAll(".*\\.", "") + match.variables();
  }

  @Test
  void literalGoesBeforeVariable() {
    HandlerTable table = Application.table(new Rooms(), new Dotted());

    assertThat(methodFor(table, "rooms/lobby/say")).isEqualTo("sayPublicly{}");
    assertThat(methodFor(table, "rooms/attic/say")).isEqualTo("say{room=attic}");
    assertThat(methodFor(table, "rooms/attic/shout")).isEqualTo("any{room=attic, verb=shout}");
    assertThat(methodFor(table, "chat.send")).isEqualTo("send{}");
    assertThat(methodFor(table, "chat.other")).isEqualTo("any{verb=other}");
    for (String unknown : List.of("rooms", "rooms/attic", "chat", "chat.a.b", "Chat.send", "x")) {
      assertThat(methodFor(table, unknown)).describedAs(unknown).isNull();
    }
    assertThat(table.subscription("rooms/attic")).isNotNull();
    assertThat(table.size()).isEqualTo(7);
  }

  @Test
  void nameThatBeginsWithASlashIsTakenAsItIs() {
    HandlerTable table = Application.table(new Rooms());

    assertThat(methodFor(table, "rooms/hall/say")).isEqualTo("sayPublicly{}");
  }

  @Test
  void inheritedMethodsTakeMessages() {
    HandlerTable table = Application.table(new Derived());

    assertThat(methodFor(table, "base")).isEqualTo("base{}");
    assertThat(methodFor(table, "derived")).isEqualTo("overridden{}");
  }

  @Test
  void classesWithoutHandlersAreNoneOfOurs() {
    assertThat(HandlerTable.isFor(Rooms.class)).isTrue();
    assertThat(HandlerTable.isFor(Derived.class)).isTrue();
    assertThat(HandlerTable.isFor(String.class)).isFalse();
    assertThat(HandlerTable.isFor(HandlerTableTest.class)).isFalse();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "fits as well, and neither goes before the other",
            () ->
                new Object() {
                  @MessageMapping("{x}/b")
                  void one() {}

                  @MessageMapping("a/{y}")
                  void two() {}
                }),
        mistake(
            "neither goes before the other",
            () ->
                new Object() {
                  @MessageMapping({"same", "same"})
                  void one() {}
                }),
        mistake(
            "'a..b' is no name of a handler",
            () ->
                new Object() {
                  @MessageMapping("a..b")
                  void one() {}
                }),
        mistake(
            "'a{b}' is no name of a handler",
            () ->
                new Object() {
                  @MessageMapping("a{b}")
                  void one() {}
                }),
        mistake(
            "'{a}.{a}' names {a} twice",
            () ->
                new Object() {
                  @MessageMapping("{a}.{a}")
                  void one() {}
                }),
        mistake(
            "its mapping has no name",
            () ->
                new Object() {
                  @MessageMapping({})
                  void one() {}
                }),
        mistake(
            "more than one parameter is the payload",
            () ->
                new Object() {
                  @MessageMapping("a")
                  void one(String one, String two) {}
                }),
        mistake(
            "no mapping has the variable {room}",
            () ->
                new Object() {
                  @MessageMapping({"a.{room}", "b"})
                  void one(@DestinationVariable String room) {}
                }),
        mistake(
            "the parameter when must be text, a whole number, a boolean or an enum",
            () ->
                new Object() {
                  @MessageMapping("a")
                  void one(@Header Date when) {}
                }),
        mistake(
            "the header 'n' may be missing, so it is no int",
            () ->
                new Object() {
                  @MessageMapping("a")
                  void one(@Header(required = false) int n) {}
                }),
        mistake(
            "it must be neither static nor private",
            () ->
                new Object() {
                  @MessageMapping("a")
                  private void one() {}
                }),
        mistake(
            "it returns nothing that could be sent",
            () ->
                new Object() {
                  @MessageMapping("a")
                  @SendTo("/topic/a")
                  void one() {}
                }),
        mistake(
            "'/topic/{x}' names a variable that no mapping has",
            () ->
                new Object() {
                  @MessageMapping("a")
                  @SendTo("/topic/{x}")
                  String one() {
                    return "";
                  }
                }),
        mistake(
            "'/app/b' would come back to a message handler",
            () ->
                new Object() {
                  @MessageMapping("a")
                  @SendTo("/app/b")
                  String one() {
                    return "";
                  }
                }),
        mistake(
            "@SendToUser '/topic/b' must be /queue/",
            () ->
                new Object() {
                  @MessageMapping("a")
                  @SendToUser("/topic/b")
                  String one() {
                    return "";
                  }
                }),
        mistake(
            "destination",
            () ->
                new Object() {
                  @MessageMapping("a")
                  @SendTo("elsewhere")
                  String one() {
                    return "";
                  }
                }),
        mistake(
            "it does not say which exception it handles",
            () ->
                new Object() {
                  @MessageExceptionHandler
                  void one() {}
                }),
        mistake(
            "java.lang.IllegalStateException is handled by",
            () ->
                new Object() {
                  @MessageExceptionHandler
                  void one(IllegalStateException e) {}

                  @MessageExceptionHandler(IllegalStateException.class)
                  void two() {}
                }));
  }

  private static Arguments mistake(String sentence, Supplier<Object> bean) {
    return Arguments.of(sentence, bean.get());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void mistakeIsNamedWithItsMethod(String sentence, Object bean) {
    assertThatThrownBy(() -> Application.table(bean))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith(bean.getClass().getName() + ".")
        .hasMessageContaining(sentence);
  }
}
