package io.pharos.redis;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.PushConsumerChainImpl;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;
import redis.clients.jedis.util.RedisOutputStream;

/**
 * One connection to Redis, and nothing that happens by itself on it: Jedis' own one connects again
 * when it is written to. One thread may read while another one writes.
 */
final class Wire implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  /** Nothing is pushed in the version of the protocol that is spoken here, RESP2. */
  private static final PushConsumerChain NO_PUSHES = PushConsumerChainImpl.of();

  private final HostAndPort address;
  private final Socket socket;
  private final RedisInputStream in;
  private final RedisOutputStream out;

  private Wire(HostAndPort address, Socket socket) {
    this.address = address;
    this.socket = socket;
    try {
      in = new RedisInputStream(socket.getInputStream(), BUFFER);
      out = new RedisOutputStream(socket.getOutputStream(), BUFFER);
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /**
   * Connects and logs in.
   *
   * @param timeout for each of the two, and afterwards for each read
   * @throws redis.clients.jedis.exceptions.JedisException when either fails
   */
  static Wire open(RedisUrl url, HostAndPort address, String name, Duration timeout) {
    Wire wire = connect(url, address, timeout);
    try {
      wire.login(url, name);
      return wire;
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }

  /**
   * Connects, and does not log in.
   *
   * @throws JedisConnectionException when that fails; also when a certificate is not trusted, or is
   *     another host's
   */
  static Wire connect(RedisUrl url, HostAndPort address, Duration timeout) {
    var config = DefaultJedisClientConfig.builder().timeoutMillis((int) timeout.toMillis());
    if (url.tls()) {
      var tls = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
      TrustStore trust = url.trust();
      if (trust != null) {
        tls.truststore(trust.file().toFile(), trust.chars());
      }
      config.sslOptions(tls.build());
    }
    return new Wire(address, new DefaultJedisSocketFactory(address, config.build()).createSocket());
  }

  /** Logs in, if the URL says as whom. */
  void authenticate(RedisUrl url) {
    if (url.password() != null) {
      var auth = new CommandArguments(Protocol.Command.AUTH);
      if (url.user() != null) {
        auth.add(url.user());
      }
      call(auth.add(url.password()));
    }
  }

  private void login(RedisUrl url, String name) {
    authenticate(url);
    if (url.database() != 0) {
      call(new CommandArguments(Protocol.Command.SELECT).add(url.database()));
    }
    call(new CommandArguments(Protocol.Command.CLIENT).add("SETNAME").add(name));
  }

  HostAndPort address() {
    return address;
  }

  /** Sends one command and reads its answer, which may be an error. */
  Object call(CommandArguments command) {
    send(command);
    flush();
    return answer();
  }

  private Object answer() {
    Object answer = read();
    if (answer instanceof JedisDataException error) {
      throw error;
    }
    return answer;
  }

  /** Puts a command into the buffer, and on the wire when that is full. */
  void send(CommandArguments command) {
    Protocol.sendCommand(out, command);
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /**
   * Reads one answer: bytes, a number, a list of them, or the {@link JedisDataException} that Redis
   * answered with. Null stands for Redis' nil.
   */
  @SuppressWarnings("NullAway") // nil is one of the protocol's values
  Object read() {
    try {
      return Protocol.read(in, NO_PUSHES);
    } catch (JedisDataException e) {
      return e;
    }
  }

  /** How long a read may wait from now on, until it fails and the connection with it. */
  void readTimeout(Duration timeout) {
    try {
      socket.setSoTimeout((int) timeout.toMillis());
    } catch (IOException e) {
      throw new JedisConnectionException(e);
    }
  }

  /** Wakes whoever reads or writes, who then fails. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone, which is all that was asked for.
    }
  }
}
