package io.pharos.benchmark.spring;

import org.springframework.messaging.simp.SimpMessagingTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Publishes to the simple broker's subscribers. */
@RestController
class StompPublications {
  private final SimpMessagingTemplate template;

  StompPublications(SimpMessagingTemplate template) {
    this.template = template;
  }

  @PostMapping("/stomp")
  void publish(@RequestParam String destination, @RequestBody String body) {
    template.convertAndSend(destination, body);
  }
}
