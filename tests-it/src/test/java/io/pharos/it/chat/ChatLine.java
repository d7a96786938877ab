package io.pharos.it.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** What a client sends: {@code {"text":"…"}}. */
public class ChatLine {
  @NotBlank
  @Size(max = 500)
  public String text = "";
}
