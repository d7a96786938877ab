package io.pharos.benchmark.spring;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The usual way: a list of emitters for each destination, and a loop that sends. */
@RestController
class EventStreams {
  private final Map<String, List<SseEmitter>> emitters = new ConcurrentHashMap<>();

  @GetMapping(path = "/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter subscribe(@RequestParam String destination) throws IOException {
    List<SseEmitter> subscribers =
        emitters.computeIfAbsent(destination, d -> new CopyOnWriteArrayList<>());
    SseEmitter emitter = new SseEmitter();
    emitter.onCompletion(() -> subscribers.remove(emitter));
    emitter.onError(e -> subscribers.remove(emitter));
    // Without a first event the headers stay with the server, and no client knows that it is
    // subscribed.
    emitter.send(SseEmitter.event().comment("subscribed"));
    subscribers.add(emitter);
    return emitter;
  }

  @PostMapping("/sse")
  void publish(@RequestParam String destination, @RequestBody String body) {
    List<SseEmitter> subscribers = emitters.getOrDefault(destination, List.of());
    for (SseEmitter emitter : subscribers) {
      try {
        emitter.send(body);
      } catch (IOException | IllegalStateException e) {
        subscribers.remove(emitter);
      }
    }
  }
}
