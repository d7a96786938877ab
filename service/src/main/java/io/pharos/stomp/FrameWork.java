package io.pharos.stomp;

import io.pharos.broker.Published;
import io.pharos.hub.Publisher;
import io.pharos.message.PharosException;
import io.pharos.message.Publication;
import io.pharos.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Carries out SEND, ACK and NACK frames, one alone or those of a transaction together: all of them
 * are checked first; then the messages are stored, all or none; then the acknowledgements are done.
 */
final class FrameWork {
  private final Session session;
  private final Publisher publisher;
  private final Supplier<Settlements> settlements;

  /**
   * @param settlements makes an empty one
   */
  FrameWork(Session session, Publisher publisher, Supplier<Settlements> settlements) {
    this.session = session;
    this.publisher = publisher;
    this.settlements = settlements;
  }

  /**
   * Does it all; when it throws, nothing was stored that can be told.
   *
   * @return an answer for each SEND
   */
  List<Published> carryOut(List<Frame> frames) {
    var publications = new ArrayList<Publication>();
    var answers = settlements.get();
    for (Frame frame : frames) {
      switch (frame.command()) {
        case SEND -> publications.add(SendFrame.toPublication(frame));
        case ACK, NACK -> answers.add(frame);
        default ->
            throw PharosException.badRequest(frame.command() + " cannot be part of a transaction");
      }
    }
    List<Published> stored =
        publications.isEmpty() ? List.of() : publisher.publish(session.identity(), publications);
    answers.apply();
    return stored;
  }
}
