package io.pharos.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
  private static final Destination TOPIC = Destination.of("/topic/a");

  private static Publication publication(@Nullable String contentType, @Nullable String key) {
    return new Publication(TOPIC, Body.EMPTY, contentType, Headers.NONE, key);
  }

  @Test
  void whatIsNotGivenIsNotInvented() {
    Publication publication = Publication.text(TOPIC, "x");

    assertThat(publication.contentType()).isNull();
    assertThat(publication.idempotencyKey()).isNull();
    assertThat(publication.body()).isEqualTo(Body.of("x"));
  }

  @Test
  void contentTypeAndKeyAreTakenAsTheyAre() {
    Publication publication = publication("text/plain; charset=UTF-8", "k".repeat(128));

    assertThat(publication.contentType()).isEqualTo("text/plain; charset=UTF-8");
    assertThat(publication.idempotencyKey()).hasSize(Publication.MAX_KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "text/\nplain", "text/plain\r", "täxt/plain", "\u007f"})
  void aContentTypeIsVisibleAscii(String contentType) {
    Refusals.assertBadRequest(() -> publication(contentType, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "ä", "\u007f"})
  void anIdempotencyKeyIsVisibleAscii(String key) {
    Refusals.assertBadRequest(() -> publication(null, key));
  }

  @Test
  void bothAreBounded() {
    Refusals.assertBadRequest(() -> publication("a".repeat(256), null));
    Refusals.assertBadRequest(() -> publication(null, "k".repeat(Publication.MAX_KEY + 1)));
  }
}
