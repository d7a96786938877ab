package io.pharos.cli.bench.wire;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a client learns. */
final class RecordingEvents implements StreamEvents {
  final List<String> heard = new ArrayList<>();

  @Override
  public void subscribed() {
    heard.add("subscribed");
  }

  @Override
  public void delivered(int publication, long intended) {
    heard.add(publication + "@" + intended);
  }

  @Override
  public void gap() {
    heard.add("gap");
  }

  @Override
  public void ended(String reason) {
    heard.add("ended: " + reason);
  }
}
