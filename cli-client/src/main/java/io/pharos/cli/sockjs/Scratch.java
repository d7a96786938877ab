package io.pharos.cli.sockjs;

/**
 * Room for what is being decoded. Many decoders may share one, as long as they are used by one
 * thread: nothing stays in it from one call to the next.
 */
public final class Scratch {
  private byte[] bytes = new byte[256];
  private int length;

  /** Makes room for so many bytes, and forgets what there was. */
  void clear(int capacity) {
    if (bytes.length < capacity) {
      bytes = new byte[Math.max(capacity, 2 * bytes.length)];
    }
    length = 0;
  }

  void add(int b) {
    bytes[length] = (byte) b;
    length++;
  }

  void add(byte[] from, int offset, int count) {
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Tells what there is, and forgets it. */
  void tell(FrameListener listener) {
    if (length > 0) {
      int count = length;
      length = 0;
      listener.text(bytes, 0, count);
    }
  }
}
