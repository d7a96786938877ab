package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.hub.HandlerReply;
import io.pharos.message.Body;
import io.pharos.message.Message;
import io.pharos.message.PharosException;
import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.SendTo;
import io.pharos.messaging.SendToUser;
import io.pharos.messaging.SubscribeMapping;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where results go, and as what. */
class ResultTest {
  static class Handlers {
    @MessageMapping("echo.it")
    String echo(String text) {
      return text;
    }

    @MessageMapping("nothing")
    @SendTo("/topic/nothing")
    @Nullable String nothing() {
      return null;
    }

    @MessageMapping("room.{room}")
    @SendTo({"/topic/rooms/{room}", "/queue/log", "/user/bob/queue/{room}"})
    Map<String, Integer> everywhere() {
      return Map.of("n", 1);
    }

    @MessageMapping("mine")
    @SendToUser("/queue/mine")
    String toUser(String text) {
      return text;
    }

    @MessageMapping("reply.{id}")
    @SendToUser(value = "/queue/replies/{id}", broadcast = false)
    String toSession(String text) {
      return text;
    }

    @MessageMapping("both")
    @SendTo("/topic/both")
    @SendToUser(value = "/queue/both", broadcast = false)
    byte[] both() {
      return new byte[] {'o', 'k'};
    }

    @MessageMapping("later")
    @SendTo("/topic/later")
    CompletionStage<List<String>> later() {
      return CompletableFuture.completedFuture(List.of("a"));
    }

    @SubscribeMapping("list")
    List<Integer> list() {
      return List.of(1, 2);
    }

    @SubscribeMapping("silent")
    void silent() {}

    @SubscribeMapping("elsewhere")
    @SendTo("/topic/elsewhere")
    String elsewhere() {
      return "x";
    }
  }

  @MessageMapping("typed")
  @SendTo("/topic/typed")
  static class Typed {
    @MessageMapping("one")
    String one() {
      return "1";
    }

    @MessageMapping("two")
    @SendTo("/topic/two")
    String two() {
      return "2";
    }
  }

  private final Application application = new Application(new Handlers(), new Typed());

  @Test
  void resultWithoutAnAddressGoesToTheTopicOfTheSameName() {
    application.send("echo.it", "hi");

    assertThat(application.published("/topic/echo.it")).containsExactly("hi");
    assertThat(application.messages("/topic/echo.it"))
        .extracting(Message::contentType)
        .containsExactly("text/plain;charset=UTF-8");
  }

  @Test
  void noResultIsSentNowhere() {
    application.send("nothing", "");

    assertThat(application.published("/topic/nothing")).isEmpty();
  }

  @Test
  void resultGoesToEveryAddressWithItsVariablesAsJson() {
    var withoutQueue = new Application(new Rooms());
    withoutQueue.send("room.blue", "");

    for (String destination : List.of("/topic/rooms/blue", "/user/bob/queue/blue")) {
      assertThat(withoutQueue.published(destination)).containsExactly("{\"n\":1}");
      assertThat(withoutQueue.messages(destination).getFirst().contentType())
          .isEqualTo("application/json");
    }
  }

  static class Rooms {
    @MessageMapping("room.{room}")
    @SendTo({"/topic/rooms/{room}", "/user/bob/queue/{room}"})
    Map<String, Integer> everywhere() {
      return Map.of("n", 1);
    }
  }

  @Test
  void refusalOfTheBrokerReachesTheClient() {
    // There are no work queues here.
    assertThatThrownBy(() -> application.send("room.blue", "")).isInstanceOf(PharosException.class);
  }

  @Test
  void resultGoesToAllSessionsOfTheUserOrToTheOneThatAsked() {
    application.send("mine", "a");
    application.send("reply.7", "b");

    assertThat(application.published("/user/ann/queue/mine")).containsExactly("a");
    assertThat(application.published("/user/ann/queue/replies/7")).isEmpty();
    assertThat(application.replies).containsExactly("/user/queue/replies/7 b");
  }

  @Test
  void resultMayGoToATopicAndToTheSender() {
    application.send("both", "");

    assertThat(application.published("/topic/both")).containsExactly("ok");
    assertThat(application.messages("/topic/both").getFirst().contentType())
        .isEqualTo("application/octet-stream");
    assertThat(application.replies).containsExactly("/user/queue/both ok");
  }

  @Test
  void whatIsPromisedIsWaitedFor() {
    application.send("later", "");

    assertThat(application.published("/topic/later")).containsExactly("[\"a\"]");
  }

  @Test
  void addressOfTheClassIsForMethodsThatSayNothing() {
    application.send("typed/one", "");
    application.send("typed/two", "");

    assertThat(application.published("/topic/typed")).containsExactly("1");
    assertThat(application.published("/topic/two")).containsExactly("2");
  }

  @Test
  void subscriptionIsAnsweredWithTheResult() {
    HandlerReply reply = application.subscribe("list");

    assertThat(reply).isEqualTo(new HandlerReply(Body.of("[1,2]"), "application/json"));
    assertThat(application.replies).isEmpty();
  }

  @Test
  void subscriptionIsNotAnsweredWithoutAResultOrWhenThatGoesElsewhere() {
    assertThat(application.subscribe("silent")).isNull();
    assertThat(application.subscribe("elsewhere")).isNull();
    assertThat(application.published("/topic/elsewhere")).containsExactly("x");
  }

  @Test
  void whatNoHandlerIsForIsRefused() {
    for (Runnable call :
        List.<Runnable>of(
            () -> application.send("list", ""), () -> application.subscribe("echo.it"))) {
      assertThatThrownBy(call::run)
          .isInstanceOfSatisfying(
              PharosException.class,
              e -> assertThat(e.code()).isEqualTo(PharosException.Code.UNSUPPORTED));
    }
  }
}
