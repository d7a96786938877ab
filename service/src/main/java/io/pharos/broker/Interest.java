package io.pharos.broker;

/** A claim on the messages of some destinations; closing it gives it back, once. */
@FunctionalInterface
public interface Interest extends AutoCloseable {
  @Override
  void close();
}
