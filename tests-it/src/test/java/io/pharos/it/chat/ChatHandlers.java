package io.pharos.it.chat;

import io.pharos.messaging.DestinationVariable;
import io.pharos.messaging.MessageExceptionHandler;
import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.PushTemplate;
import io.pharos.messaging.SendTo;
import io.pharos.messaging.SubscribeMapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import java.security.Principal;
import java.time.Instant;

/** Takes what clients send to {@code /app/chat.…}. */
@ApplicationScoped
public class ChatHandlers {
  @Inject PushTemplate push;

  @MessageMapping("chat.sendMessage")
  @SendTo("/topic/chat")
  public ChatMessage sendMessage(@Valid ChatLine line, Principal sender) {
    return new ChatMessage(sender.getName(), line.text, Instant.now().toString());
  }

  @MessageMapping("chat.whisper.{user}")
  public void whisper(String text, @DestinationVariable String user, Principal sender) {
    push.sendToUser(user, "/queue/whispers", sender.getName() + ": " + text);
  }

  @SubscribeMapping("chat.welcome")
  public String welcome(Principal user) {
    return "Welcome, " + user.getName();
  }

  @MessageExceptionHandler
  public String invalid(ConstraintViolationException e) {
    return "A line has 1 to 500 characters";
  }
}
