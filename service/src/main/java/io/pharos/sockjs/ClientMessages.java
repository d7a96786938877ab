package io.pharos.sockjs;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what clients send: a JSON array of strings, and nothing else of JSON. Its own reader,
 * because a client may write any character as an escape, also half a surrogate pair.
 */
final class ClientMessages {

  /** How many messages one array may hold. */
  static final int MOST = 10_000;

  private final String json;
  private final List<String> messages = new ArrayList<>();
  private int at;

  private ClientMessages(String json) {
    this.json = json;
  }

  /** An array, as every transport has it. */
  static List<String> array(String json) throws BrokenJsonException {
    var reader = new ClientMessages(json);
    reader.readArray();
    return reader.finished();
  }

  /** An array, or one string as WebSockets may have it; nothing at all is no message. */
  static List<String> arrayOrString(String json) throws BrokenJsonException {
    var reader = new ClientMessages(json);
    reader.space();
    if (reader.at == json.length()) {
      return List.of();
    }
    if (json.charAt(reader.at) == '"') {
      String one = reader.string();
      // The empty string is no message either.
      if (!one.isEmpty()) {
        reader.messages.add(one);
      }
    } else {
      reader.readArray();
    }
    return reader.finished();
  }

  private List<String> finished() throws BrokenJsonException {
    space();
    if (at < json.length()) {
      throw broken();
    }
    return messages;
  }

  private void readArray() throws BrokenJsonException {
    space();
    expect('[');
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      space();
      if (messages.size() == MOST) {
        throw broken();
      }
      messages.add(string());
      space();
      char next = take();
      if (next == ']') {
        return;
      }
      if (next != ',') {
        throw broken();
      }
    }
  }

  private String string() throws BrokenJsonException {
    expect('"');
    int plain = at;
    while (peek() != '"' && peek() != '\\' && peek() >= 0x20) {
      at++;
    }
    if (peek() == '"') {
      return json.substring(plain, at++);
    }
    var text = new StringBuilder().append(json, plain, at);
    for (char c = take(); c != '"'; c = take()) {
      if (c < 0x20) {
        throw broken();
      }
      text.append(c == '\\' ? escape() : c);
    }
    return text.toString();
  }

  private char escape() throws BrokenJsonException {
    char c = take();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
      default -> throw broken();
    };
  }

  private int hex() throws BrokenJsonException {
    char c = take();
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    if (letter >= 'a' && letter <= 'f') {
      return letter - 'a' + 10;
    }
    throw broken();
  }

  private void space() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws BrokenJsonException {
    if (at >= json.length()) {
      throw broken();
    }
    return json.charAt(at);
  }

  private char take() throws BrokenJsonException {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) throws BrokenJsonException {
    if (take() != c) {
      throw broken();
    }
  }

  private BrokenJsonException broken() {
    return new BrokenJsonException(at);
  }
}
