package io.pharos.it.chat;

/** What everyone gets. */
public class ChatMessage {
  public final String sender;
  public final String text;
  public final String time;

  public ChatMessage(String sender, String text, String time) {
    this.sender = sender;
    this.text = text;
    this.time = time;
  }
}
