package io.pharos.admission;

/** One connection's place on the node. */
public interface Ticket extends AutoCloseable {
  /** A connection that is not counted. */
  Ticket UNCOUNTED =
      new Ticket() {
        @Override
        public void login(String user) {}

        @Override
        public void logout() {}

        @Override
        public void close() {}
      };

  /**
   * Counts the connection as one of this user's; to be called once at the most.
   *
   * @throws NotAdmittedException when the user has as many as one may have; the place itself is
   *     kept until {@link #close}
   */
  void login(String user);

  /**
   * Counts the connection as nobody's from now on: its session is over, though it may take a while
   * to close. Its user may come back meanwhile. Idempotent.
   */
  void logout();

  /** Gives the place up. Idempotent. */
  @Override
  void close();
}
