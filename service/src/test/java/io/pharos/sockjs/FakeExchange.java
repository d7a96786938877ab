package io.pharos.sockjs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client's exchange: keeps the pieces it got, and can be cut. */
final class FakeExchange implements Exchange {
  final List<String> pieces = new ArrayList<>();

  /** How often its head was put on the wire before there was a piece. */
  int heads;

  private boolean begun;
  private boolean ended;
  private boolean cut;
  private int writesUntilCutShows;
  private boolean aborted;

  /** The network goes; writes notice after so many that seem to work. */
  void cut(int unnoticedWrites) {
    cut = true;
    writesUntilCutShows = unnoticedWrites;
  }

  @Override
  public void begin() throws IOException {
    if (!begun) {
      reach("the head");
      begun = true;
      heads++;
    }
  }

  @Override
  public void write(String piece) throws IOException {
    reach(piece);
    begun = true;
    pieces.add(piece);
  }

  private void reach(String piece) throws IOException {
    if (cut && writesUntilCutShows-- <= 0) {
      throw new IOException("cut");
    }
    if (ended || aborted) {
      throw new AssertionError("written to after its end: " + piece);
    }
  }

  @Override
  public void end(String piece) throws IOException {
    write(piece);
    ended = true;
  }

  @Override
  public void abort() {
    aborted = true;
  }

  boolean ended() {
    return ended;
  }

  boolean aborted() {
    return aborted;
  }

  String body() {
    return String.join("", pieces);
  }
}
