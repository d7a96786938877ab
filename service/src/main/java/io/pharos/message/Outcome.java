package io.pharos.message;

/** What becomes of a message that was handed to one consumer, by that consumer's word. */
public enum Outcome {
  /** It is done: the message is removed. */
  ACKNOWLEDGED,
  /** It was not done: the message goes back, and to whoever is next. */
  RETURNED,
  /** It cannot be done by anybody: the message becomes a dead letter. */
  REJECTED
}
