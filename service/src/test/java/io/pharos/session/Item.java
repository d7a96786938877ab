package io.pharos.session;

/** Something to write, known by its number. */
record Item(int number, int weight) implements Outgoing {
  static Item of(int number) {
    return new Item(number, 10);
  }
}
