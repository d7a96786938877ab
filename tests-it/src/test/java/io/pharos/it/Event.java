package io.pharos.it;

/**
 * One event as a browser would see it (HTML standard, section 9.2).
 *
 * @param id the last event id: the event's own, or an earlier one's
 */
record Event(String id, String type, String data) {

  /** The data of a control event. */
  Json json() {
    return Json.parse(data);
  }
}
