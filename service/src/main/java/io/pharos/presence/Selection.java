package io.pharos.presence;

/** Which connections are meant: one, or all of a user. */
public sealed interface Selection {
  /** The connection of this id. */
  record Connection(String id) implements Selection {}

  /** All connections of this user. */
  record User(String name) implements Selection {}
}
