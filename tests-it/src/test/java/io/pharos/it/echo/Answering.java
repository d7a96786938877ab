package io.pharos.it.echo;

import io.pharos.sockjs.SockJsConnection;
import io.pharos.sockjs.SockJsHandler;
import java.util.function.UnaryOperator;

/** Answers every message with one of its own. */
record Answering(SockJsConnection connection, UnaryOperator<String> answer)
    implements SockJsHandler {

  @Override
  public void message(String text) {
    Bases.send(connection, answer.apply(text));
  }

  @Override
  public void closed() {}
}
