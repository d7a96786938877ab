package io.pharos.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.pharos.FreePort;
import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import io.pharos.stomp.FrameDecoder;
import io.pharos.stomp.FrameEncoder;
import io.pharos.stomp.FrameHandler;
import io.pharos.stomp.StompLimits;
import io.pharos.stomp.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A STOMP broker that does what a test tells it to: accepts, logs in, and keeps what comes. */
final class FakeBroker implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
  private final int port = FreePort.next();
  private ServerSocket server;
  private Thread listener;
  private volatile String heartBeat = "0,0";

  FakeBroker() throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    listener = listen(server);
  }

  RelaySettings settings() {
    return new RelaySettings(
        "127.0.0.1",
        port,
        new RelaySettings.Login("client", "secret:one"),
        new RelaySettings.Login("system", "secret two"),
        "vhost",
        Duration.ofMillis(100),
        PATIENCE,
        1 << 20);
  }

  /** What it answers to CONNECT from now on. */
  void heartBeat(String header) {
    heartBeat = header;
  }

  private Thread listen(ServerSocket socket) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  var peer = new Peer(socket.accept());
                  Thread.ofVirtual().start(peer::read);
                }
              } catch (IOException e) {
                return;
              }
            });
  }

  /** The next connection that has logged in. */
  Peer next() throws InterruptedException {
    Peer peer = peers.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(peer).as("a connection").isNotNull();
    return peer;
  }

  boolean isAlone() {
    return peers.isEmpty();
  }

  /** Refuses connections from now on. */
  void stop() throws IOException, InterruptedException {
    server.close();
    // The port is free when the thread that accepts has let go of it, not before.
    listener.join();
  }

  void startAgain() throws IOException {
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    listener = listen(server);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** The broker's end of one connection. */
  final class Peer implements FrameHandler {
    final AtomicInteger heartBeats = new AtomicInteger();
    private final Socket socket;
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final FrameDecoder decoder = new FrameDecoder(new StompLimits(100, 10_000, 4 << 20));
    private final CountDownLatch halted = new CountDownLatch(1);
    private volatile boolean reading = true;
    private Version version = Version.V1_2;

    private Peer(Socket socket) {
      this.socket = socket;
    }

    private void read() {
      byte[] buffer = new byte[4096];
      try {
        for (int n = socket.getInputStream().read(buffer); n >= 0; ) {
          decoder.feed(buffer, 0, n, this);
          if (!reading) {
            halted.await();
          }
          n = socket.getInputStream().read(buffer);
        }
      } catch (IOException e) {
        // Ended by either side.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      frames.add(Frame.of(Command.ERROR).header("message", "end of stream").build());
    }

    @Override
    public void frame(Frame frame) {
      if (frame.command() != Command.CONNECT) {
        frames.add(frame);
        return;
      }
      version =
          java.util.Objects.requireNonNull(
              Version.of(String.valueOf(frame.header("accept-version"))));
      decoder.negotiated(version);
      frames.add(frame);
      send(
          Frame.of(Command.CONNECTED)
              .header("version", version.number())
              .header("heart-beat", heartBeat)
              .build());
      peers.add(this);
    }

    @Override
    public void heartBeat() {
      heartBeats.incrementAndGet();
    }

    Frame take(Command command) throws InterruptedException {
      Frame frame = frames.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      assertThat(frame).as("a frame, " + command).isNotNull();
      assertThat(frame.command()).as(frame.toString()).isEqualTo(command);
      return frame;
    }

    /** Our side has hung up. */
    void awaitEnd() throws InterruptedException {
      assertThat(take(Command.ERROR).header("message")).isEqualTo("end of stream");
    }

    void send(Frame frame) {
      send(FrameEncoder.of(version).encode(frame).bytes());
    }

    void send(byte[] bytes) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    void receipt(Frame of) {
      send(
          Frame.of(Command.RECEIPT)
              .header("receipt-id", String.valueOf(of.header("receipt")))
              .build());
    }

    void message(String subscription, String destination, String body) {
      send(
          Frame.of(Command.MESSAGE)
              .header("subscription", subscription)
              .header("destination", destination)
              .header("message-id", "m-1")
              .header("redelivered", "false")
              .header("receipt", "of-the-publisher")
              .header("colour", "red")
              .body(body)
              .build());
    }

    /** Says this, and nothing more. */
    void finishWith(byte[] bytes) throws IOException {
      send(bytes);
      socket.shutdownOutput();
    }

    /** Takes one part more at the most. */
    void stopReading() {
      reading = false;
    }

    void hangUp() throws IOException {
      halted.countDown();
      socket.close();
    }
  }
}
