package io.pharos.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames from a stream that arrives in chunks of any size: a frame may span several, a chunk
 * may hold several. Serves one connection, in either direction, one thread at a time.
 *
 * <p>Until {@link #negotiated} it expects frames of a version not known yet. Line ends between
 * frames are heart-beats. A NUL between frames is skipped. A body on a frame that must have none is
 * skipped in 1.0 and before a version is agreed, and refused later, unless it is line ends alone:
 * by hand, many end all frames with them. A NUL within a header is refused, although the grammar
 * would allow it: it is the end of a frame whose empty line is missing.
 */
public final class FrameDecoder {
  private enum State {
    COMMAND,
    HEADERS,
    BODY
  }

  private final StompLimits limits;
  private final LineReader commands;
  private final LineReader headers;
  private final BodyReader bodies;
  private Dialect dialect = Dialect.CONNECTING;
  private State state = State.COMMAND;
  private Frame.@Nullable Builder frame;
  private @Nullable StompException failure;

  public FrameDecoder(StompLimits limits) {
    this.limits = limits;
    this.commands = new LineReader(Command.MAX_LENGTH, FrameDecoder::unknownCommand);
    this.headers =
        new LineReader(
            limits.headerBytes(),
            () ->
                StompException.tooLarge(
                    "header is longer than " + limits.headerBytes() + " bytes"));
    this.bodies = new BodyReader(limits.bodyBytes());
  }

  /** The version agreed on. A handler may call this while it is given CONNECT or CONNECTED. */
  public void negotiated(Version version) {
    dialect = version.dialect();
  }

  /** Reads what remains in the buffer. */
  public void feed(ByteBuffer chunk, FrameHandler handler) {
    if (chunk.hasArray()) {
      int from = chunk.arrayOffset() + chunk.position();
      int to = from + chunk.remaining();
      chunk.position(chunk.limit());
      feed(chunk.array(), from, to, handler);
    } else {
      byte[] copy = new byte[chunk.remaining()];
      chunk.get(copy);
      feed(copy, 0, copy.length, handler);
    }
  }

  /**
   * Reads the bytes {@code from} to {@code to}; keeps no reference to the array. What the handler
   * throws passes through, and the rest of the chunk is lost.
   *
   * @throws StompException if the input is malformed or over a limit. Frames before it were given
   *     to the handler. Nothing more can be read: each later call throws the same.
   */
  public void feed(byte[] bytes, int from, int to, FrameHandler handler) {
    if (failure != null) {
      throw failure;
    }
    var chunk = new Chunk(bytes, from, to);
    while (chunk.remaining() > 0) {
      switch (read(chunk)) {
        case PART -> {}
        case EOL -> handler.heartBeat();
        case FRAME -> handler.frame(take());
      }
    }
  }

  /** Memory held for a frame that is not complete, but for its headers, in bytes. */
  int retained() {
    return commands.capacity() + headers.capacity() + bodies.capacity();
  }

  private enum Read {
    PART,
    EOL,
    FRAME
  }

  private Read read(Chunk chunk) {
    try {
      return switch (state) {
        case COMMAND -> readCommand(chunk);
        case HEADERS -> readHeader(chunk);
        case BODY -> readBody(chunk);
      };
    } catch (StompException e) {
      failure = e.withReceiptId(frame == null ? null : frame.first("receipt"));
      frame = null;
      commands.clear();
      headers.clear();
      bodies.clear();
      throw failure;
    }
  }

  private Read readCommand(Chunk chunk) {
    if (commands.isEmpty() && chunk.peek() == 0) {
      chunk.skip(1);
      return Read.PART;
    }
    Chunk line = commands.next(chunk, dialect);
    if (line == null) {
      return Read.PART;
    }
    // Between frames a carriage return means nothing, whatever the version.
    if (line.remaining() == 0 || line.remaining() == 1 && line.peek() == '\r') {
      return Read.EOL;
    }
    Command command = Command.of(line.bytes(), line.position(), line.limit());
    if (command == null) {
      throw StompException.malformed("unknown command" + quoted(line) + lineEnd(line));
    }
    frame = Frame.of(command);
    state = State.HEADERS;
    return Read.PART;
  }

  private Read readHeader(Chunk chunk) {
    var building = frame();
    Chunk line = headers.next(chunk, dialect);
    if (line == null) {
      return Read.PART;
    }
    if (line.remaining() == 0) {
      endHeaders(building);
      return Read.PART;
    }
    if (building.count() == limits.headers()) {
      throw StompException.tooLarge("frame has more than " + limits.headers() + " headers");
    }
    Dialect form = building.command().escapesHeaders() ? dialect : dialect.unescaped();
    var header = HeaderLine.parse(line.bytes(), line.position(), line.limit(), form);
    building.header(header.name(), header.value());
    return Read.PART;
  }

  private void endHeaders(Frame.Builder building) {
    String versions = building.command().connects() ? "accept-version" : "version";
    boolean connecting = dialect == Dialect.CONNECTING && !building.command().escapesHeaders();
    if (connecting && building.first(versions) == null) {
      building.trimPadding();
    }
    bodies.begin(building);
    state = State.BODY;
  }

  private Read readBody(Chunk chunk) {
    byte[] body = bodies.next(chunk);
    if (body == null) {
      return Read.PART;
    }
    var building = frame();
    if (building.command().mayHaveBody()) {
      building.body(body);
    } else if (dialect != Dialect.CONNECTING && dialect != Dialect.STOMP_1_0 && !isBlank(body)) {
      throw StompException.malformed(building.command() + " must not have a body");
    }
    return Read.FRAME;
  }

  private static boolean isBlank(byte[] body) {
    for (byte b : body) {
      if (b != '\n' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private Frame take() {
    Frame complete = frame().build();
    frame = null;
    state = State.COMMAND;
    return complete;
  }

  private Frame.Builder frame() {
    if (frame == null) {
      throw new IllegalStateException("no frame begun");
    }
    return frame;
  }

  /** The line in quotes if people can read it. */
  private static String quoted(Chunk line) {
    int length = line.remaining();
    String text = new String(line.bytes(), line.position(), length, StandardCharsets.ISO_8859_1);
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? " '" + text + "'" : "";
  }

  /** What is wrong with it where only its end is: a client of 1.0 or 1.1 does not see that. */
  private static String lineEnd(Chunk line) {
    return line.remaining() > 0 && line.bytes()[line.limit() - 1] == '\r'
        ? ": before STOMP 1.2, lines end with a line feed alone"
        : "";
  }

  private static StompException unknownCommand() {
    return StompException.malformed("unknown command");
  }
}
