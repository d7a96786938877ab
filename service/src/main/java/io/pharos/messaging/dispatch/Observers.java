package io.pharos.messaging.dispatch;

import io.pharos.messaging.SessionEvent;

/** The application's observers of sessions. */
public interface Observers {

  /** Tells all of them, whatever one of them throws. May block. */
  void tell(SessionEvent event);
}
