package io.pharos.sockjs;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a request leads to. */
public sealed interface Reply {

  /** An answer that is complete. */
  record Now(Answer answer) implements Reply {}

  /** An answer that takes its time: whoever asks for it may be blocked. */
  record Later(Supplier<Answer> answer) implements Reply {}

  /**
   * A client that waits for frames.
   *
   * @param head status and headers of its answer
   * @param attach takes the exchange over, and does not block
   */
  record Receive(Answer head, Consumer<Exchange> attach) implements Reply {}
}
