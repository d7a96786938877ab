package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.messaging.MessageExceptionHandler;
import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.PushSession;
import io.pharos.messaging.SendTo;
import io.pharos.messaging.SubscribeMapping;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What becomes of exceptions. */
class ExceptionHandlerTest {
  static class Handlers {
    @MessageMapping("io")
    void io() throws IOException {
      throw new IOException("io");
    }

    @MessageMapping("file")
    void file() throws IOException {
      throw new FileNotFoundException("file");
    }

    @MessageMapping("later")
    CompletionStage<String> later() {
      return CompletableFuture.failedFuture(new IOException("later"));
    }

    @MessageMapping("state")
    void state() {
      throw new IllegalStateException("table ACCOUNTS is gone");
    }

    @MessageMapping("refuse")
    void refuse() {
      throw new PharosException(PharosException.Code.FORBIDDEN, "not in this room");
    }

    @MessageMapping("error")
    void error() {
      throw new AssertionError("broken");
    }

    @MessageMapping("unreadable")
    void unreadable(int number) {}

    @SubscribeMapping("question")
    String question() throws IOException {
      throw new IOException("question");
    }

    @MessageExceptionHandler
    String caught(IOException e, Principal sender, PushSession session) {
      return "io of " + sender.getName() + session.user() + ": " + e.getMessage();
    }

    @MessageExceptionHandler(FileNotFoundException.class)
    @SendTo("/topic/missing")
    String missing(Exception e, String body) {
      return e.getMessage() + " " + body;
    }
  }

  static class Others {
    @MessageMapping("other.io")
    void io() throws IOException {
      throw new IOException("other");
    }

    @MessageMapping("other.argument")
    void argument() {
      throw new IllegalArgumentException("other");
    }
  }

  static class ForAll {
    @MessageExceptionHandler
    String argument(IllegalArgumentException e) {
      return "for all: " + e.getMessage();
    }

    @MessageExceptionHandler
    void unreadable(PharosException e) {
      if (e.code() != PharosException.Code.BAD_REQUEST) {
        throw e;
      }
    }
  }

  private final Application application = new Application(new Handlers(), new Others());

  @Test
  void resultOfAnExceptionHandlerGoesToTheErrorsOfTheSessionThatAsked() {
    application.send("io", "");

    assertThat(application.replies).containsExactly("/user/queue/errors io of annann: io");
  }

  @Test
  void exceptionHandlerOfTheNearestTypeIsCalledAndMaySendElsewhere() {
    application.send("file", "body");

    assertThat(application.published("/topic/missing")).containsExactly("file body");
    assertThat(application.replies).isEmpty();
  }

  @Test
  void failedPromiseAndFailedAnswerAreHandledLikeWhatIsThrown() {
    application.send("later", "");
    assertThat(application.subscribe("question")).isNull();

    assertThat(application.replies)
        .containsExactly(
            "/user/queue/errors io of annann: later", "/user/queue/errors io of annann: question");
  }

  @Test
  void whatNobodyHandlesIsAFailureWithoutTheWordsOfTheCause() {
    for (String name : new String[] {"state", "error", "other.io"}) {
      assertThatThrownBy(() -> application.send(name, ""))
          .isInstanceOf(HandlerFailedException.class)
          .hasMessageStartingWith("message handler " + getClass().getName())
          .hasCauseInstanceOf(Throwable.class);
    }
    assertThat(application.calls).isZero();
  }

  @Test
  void refusalPassesInItsOwnWords() {
    assertThatThrownBy(() -> application.send("refuse", ""))
        .isInstanceOf(PharosException.class)
        .hasMessageContaining("not in this room");
  }

  @Test
  void beanWithExceptionHandlersAloneServesAllOthers() {
    var withGlobal = new Application(new Handlers(), new Others(), new ForAll());

    withGlobal.send("other.argument", "");
    withGlobal.send("unreadable", "x");

    assertThat(withGlobal.replies).containsExactly("/user/queue/errors for all: other");
    assertThatThrownBy(() -> withGlobal.send("other.io", ""))
        .isInstanceOf(HandlerFailedException.class);
  }

  @Test
  void exceptionHandlerThatFailsIsAFailureItself() {
    var withGlobal = new Application(new Handlers(), new ForAll());

    assertThatThrownBy(() -> withGlobal.send("refuse", ""))
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> assertThat(e.code()).isEqualTo(PharosException.Code.FORBIDDEN));
  }
}
