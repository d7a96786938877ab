package io.pharos.message;

/**
 * A protocol's form of a message, made once and shared by all its receivers until the message lets
 * go of it. Formats are constants: one object each, in a static field, with a slot that no other
 * one has.
 */
public abstract class WireFormat<T> {
  static final int MAX_FORMATS = Slot.values().length;

  private final Slot slot;
  private final Class<T> type;

  /** The place of a format's result within a message. */
  public enum Slot {
    EVENT_STREAM(0),
    STOMP_1_0(1),
    STOMP_1_1(2),
    STOMP_1_2(3);

    private final int index;

    Slot(int index) {
      this.index = index;
    }
  }

  protected WireFormat(Slot slot, Class<T> type) {
    this.slot = slot;
    this.type = type;
  }

  /** Makes the form. Must not change the message, nor depend on who receives it. */
  protected abstract T encode(Message message);

  final int slot() {
    return slot.index;
  }

  final T cast(Object form) {
    return type.cast(form);
  }
}
