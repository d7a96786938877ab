package io.pharos.stomp;

import io.pharos.message.PharosException;

/** Reads a header that a frame must have. */
final class RequiredHeader {
  private RequiredHeader() {}

  static String of(Frame frame, String name) {
    String value = frame.header(name);
    if (value == null) {
      throw PharosException.badRequest(frame.command() + " needs the header '" + name + "'");
    }
    return value;
  }
}
