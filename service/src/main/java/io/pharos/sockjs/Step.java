package io.pharos.sockjs;

import java.io.IOException;

/**
 * What is to be done next for a receiver.
 *
 * @param piece what is written; empty where nothing is
 */
record Step(Receiver receiver, Kind kind, String piece) {

  enum Kind {
    /** The prelude comes first. */
    BEGIN,
    /** A connection that may have been cut is to show it, before a frame is lost in it. */
    PROVE,
    WRITE,
    /** The receiver ends with this piece. */
    END
  }

  void carryOut() throws IOException {
    switch (kind) {
      case BEGIN -> receiver.begin();
      case PROVE -> receiver.prove();
      case WRITE -> receiver.write(piece);
      case END -> receiver.end(piece);
    }
  }
}
