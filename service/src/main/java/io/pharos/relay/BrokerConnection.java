package io.pharos.relay;

import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.FrameDecoder;
import io.pharos.stomp.FrameEncoder;
import io.pharos.stomp.HeartBeat;
import io.pharos.stomp.StompException;
import io.pharos.stomp.StompLimits;
import io.pharos.stomp.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One TCP connection to the broker, logged in, with heart-beats both ways (STOMP 1.2,
 * "Heart-beating"). One thread reads it; any thread writes, one at a time.
 */
final class BrokerConnection implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(BrokerConnection.class.getName());

  /** Headers and bytes of a header that a broker may send. */
  private static final StompLimits LIMITS = new StompLimits(128, 16 << 10, 0);

  /** Takes what comes, by the thread that reads. */
  interface Receiver {
    void frame(Frame frame) throws InterruptedException;

    /** Nothing comes any more. Called once, unless the connection was closed by us before. */
    void ended();
  }

  private final Socket socket;
  private final Version version;
  private final RelaySettings settings;
  private final FrameDecoder decoder;
  private final Queue<Frame> received = new ArrayDeque<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private long beatEvery = Long.MAX_VALUE;
  private volatile long lastSent = System.nanoTime();
  private volatile long writeStarted;

  private BrokerConnection(Socket socket, Version version, RelaySettings settings) {
    this.socket = socket;
    this.version = version;
    this.settings = settings;
    this.decoder = new FrameDecoder(LIMITS.withBodyBytes(settings.maxBodyBytes()));
  }

  /**
   * Connects and logs in.
   *
   * @throws IOException with a sentence for the log when that fails
   */
  static BrokerConnection open(RelaySettings settings, RelaySettings.Login login, Version version)
      throws IOException {
    var socket = new Socket();
    try {
      int patience = (int) Math.min(Integer.MAX_VALUE, settings.patience().toMillis());
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(settings.host(), settings.port()), patience);
      socket.setSoTimeout(patience);
      var connection = new BrokerConnection(socket, version, settings);
      connection.logIn(login);
      return connection;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private void logIn(RelaySettings.Login login) throws IOException {
    var ours = new HeartBeat(settings.heartBeat(), settings.heartBeat());
    var connect =
        Frame.of(Command.CONNECT)
            .header("accept-version", version.number())
            .header("host", settings.virtualHost());
    if (!login.name().isEmpty()) {
      connect.header("login", login.name()).header("passcode", login.passcode());
    }
    if (version != Version.V1_0) {
      connect.header("heart-beat", ours.toString());
    }
    write(List.of(connect.build()));
    Frame answer = firstFrame();
    if (answer.command() != Command.CONNECTED) {
      throw new IOException("the broker refused to connect: " + answer.header("message"));
    }
    String agreed = answer.header("version");
    if (!version.number().equals(agreed == null ? "1.0" : agreed)) {
      throw new IOException("the broker does not speak STOMP " + version.number());
    }
    var theirs = HeartBeat.parse(answer.header("heart-beat"));
    if (version == Version.V1_0) {
      socket.setSoTimeout(0);
      return;
    }
    Duration toBroker = HeartBeat.interval(ours, theirs);
    beatEvery = toBroker.isZero() ? Long.MAX_VALUE : toBroker.toNanos() / 2;
    // One interval of grace, and a second for the way.
    Duration fromBroker = HeartBeat.interval(theirs, ours);
    socket.setSoTimeout(
        fromBroker.isZero()
            ? 0
            : (int) Math.min(Integer.MAX_VALUE, 2 * fromBroker.toMillis() + 1000));
  }

  /** Nothing is sent behind CONNECTED before we have said something. */
  private Frame firstFrame() throws IOException {
    byte[] buffer = new byte[1024];
    while (received.isEmpty()) {
      int length = socket.getInputStream().read(buffer);
      if (length < 0) {
        throw new IOException("the broker hung up");
      }
      try {
        decoder.feed(buffer, 0, length, this::keep);
      } catch (StompException e) {
        throw new IOException("the broker does not speak STOMP: " + e.detail(), e);
      }
    }
    return received.remove();
  }

  private void keep(Frame frame) {
    if (frame.command() == Command.CONNECTED) {
      // A broker may use the newest version's escapes whatever the version: RabbitMQ does. They are
      // those of 1.1 and one more.
      decoder.negotiated(version == Version.V1_1 ? Version.V1_2 : version);
    }
    received.add(frame);
  }

  /** Reads until the end; to be run by a thread of its own. */
  void read(Receiver receiver) {
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        decoder.feed(buffer, 0, length, received::add);
        while (!received.isEmpty() && !closed.get()) {
          receiver.frame(received.remove());
        }
      }
      LOG.log(System.Logger.Level.DEBUG, "The broker has closed a connection");
    } catch (SocketTimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "Nothing was heard from the broker for too long");
    } catch (StompException e) {
      LOG.log(System.Logger.Level.WARNING, "What the broker sent cannot be read: " + e.detail());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "A connection to the broker has ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (closed.compareAndSet(false, true)) {
        closeSocket();
        receiver.ended();
      }
    }
  }

  /** Writes all of them together. Blocks while the broker does not read; see {@link #isStalled}. */
  void write(List<Frame> frames) throws IOException {
    var bytes = new ByteArrayOutputStream(512);
    frames.forEach(frame -> bytes.writeBytes(FrameEncoder.of(version).encode(frame).bytes()));
    writing.lock();
    try {
      writeBytes(bytes.toByteArray());
    } finally {
      writing.unlock();
    }
  }

  private void writeBytes(byte[] bytes) throws IOException {
    writeStarted = System.nanoTime() | 1;
    try {
      socket.getOutputStream().write(bytes);
      lastSent = System.nanoTime();
    } finally {
      writeStarted = 0;
    }
  }

  /** Whether {@link #beat} is due. Never blocks. */
  boolean beatDue(long nanos) {
    return nanos - lastSent > beatEvery && !writing.isLocked();
  }

  /** Lets the broker hear of us, unless somebody is writing anyway. May block. */
  void beat() {
    if (writing.tryLock()) {
      try {
        writeBytes(new byte[] {'\n'});
      } catch (IOException e) {
        // The thread that reads will come to know.
        LOG.log(System.Logger.Level.DEBUG, "No heart-beat to the broker", e);
      } finally {
        writing.unlock();
      }
    }
  }

  /** Whether the broker has not read for longer than we are patient. */
  boolean isStalled(long nanos) {
    long started = writeStarted;
    return started != 0 && nanos - started > settings.patience().toNanos();
  }

  /** Ends a connection that is of no use any more; its receiver is told. May block. */
  void abort() {
    closeSocket();
  }

  /** Ends it; the receiver is told nothing. Idempotent. */
  @Override
  public void close() {
    closed.set(true);
    closeSocket();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Closing a connection to the broker failed", e);
    }
  }
}
