package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pharos.message.PharosException;
import io.pharos.messaging.MessageExceptionHandler;
import io.pharos.messaging.MessageMapping;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bean Validation of payloads. */
class ValidationTest {
  /** Something that can be wrong in two ways. */
  public static class Order {
    @NotBlank public String item = "";
    @Positive public int count;
  }

  static class Shop {
    final List<String> taken = new ArrayList<>();

    @MessageMapping("checked")
    void checked(@Valid Order order) {
      taken.add(order.item);
    }

    @MessageMapping("unchecked")
    void unchecked(Order order) {
      taken.add(order.item);
    }
  }

  static class PoliteShop extends Shop {
    @MessageExceptionHandler
    String invalid(ConstraintViolationException e) {
      return e.getConstraintViolations().size() + " mistakes";
    }
  }

  private final Shop shop = new Shop();
  private final Application application = new Application(shop);

  @Test
  void validPayloadReachesTheHandler() {
    application.send("checked", "{\"item\":\"tea\",\"count\":1}");

    assertThat(shop.taken).containsExactly("tea");
  }

  @Test
  void invalidPayloadIsRefusedWithAllThatIsWrong() {
    assertThatThrownBy(() -> application.send("checked", "{\"item\":\" \",\"count\":0}"))
        .isInstanceOfSatisfying(
            PharosException.class,
            e -> {
              assertThat(e.code()).isEqualTo(PharosException.Code.BAD_REQUEST);
              assertThat(e.detail())
                  .isEqualTo(
                      "the body is not valid: count must be greater than 0;"
                          + " item must not be blank");
            });
    assertThat(shop.taken).isEmpty();
  }

  @Test
  void constraintsCountOnlyWhereTheyAreAskedFor() {
    application.send("unchecked", "{}");

    assertThat(shop.taken).containsExactly("");
  }

  @Test
  void exceptionHandlerMayTellTheSender() {
    var polite = new Application(new PoliteShop());

    polite.send("checked", "{}");

    assertThat(polite.replies).containsExactly("/user/queue/errors 2 mistakes");
  }
}
