package io.pharos.redis;

import io.pharos.broker.Published;
import io.pharos.message.Publication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publications that one caller handed in together, and what became of them. */
final class PublishTask {
  private final List<Publication> publications;
  private final @Nullable Published[] answers;

  PublishTask(List<Publication> publications) {
    this.publications = List.copyOf(publications);
    this.answers = new Published[publications.size()];
  }

  List<Publication> publications() {
    return publications;
  }

  void answer(int index, Published published) {
    answers[index] = published;
  }

  /** The answers in the order of the publications; only once all are there. */
  @SuppressWarnings("NullAway") // List.of refuses null
  List<Published> answers() {
    return List.of(answers);
  }
}
