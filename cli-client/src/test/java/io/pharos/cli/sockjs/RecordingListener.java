package io.pharos.cli.sockjs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a server says; pieces of text that follow each other become one. */
final class RecordingListener implements FrameListener {
  private final List<String> heard = new ArrayList<>();
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  List<String> heard() {
    endOfText();
    return heard;
  }

  @Override
  public void opened() {
    endOfText();
    heard.add("opened");
  }

  @Override
  public void text(byte[] bytes, int offset, int length) {
    text.write(bytes, offset, length);
  }

  @Override
  public void closed(int code, String reason) {
    endOfText();
    heard.add("closed " + code + " " + reason);
  }

  private void endOfText() {
    if (text.size() > 0) {
      heard.add(text.toString(StandardCharsets.UTF_8));
      text.reset();
    }
  }
}
