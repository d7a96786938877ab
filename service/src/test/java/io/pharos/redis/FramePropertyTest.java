package io.pharos.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.pharos.message.Body;
import io.pharos.message.Destination;
import io.pharos.message.Headers;
import io.pharos.message.Message;
import io.pharos.message.Position;
import io.pharos.message.Publication;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class FramePropertyTest {
  private static final Destination TOPIC = Destination.of("/topic/ü");

  @Provide
  Arbitrary<Headers> headers() {
    Arbitrary<String> name =
        Arbitraries.strings().alpha().withChars(":\\ üc").ofMinLength(1).ofMaxLength(20);
    Arbitrary<String> value =
        Arbitraries.strings().withCharRange(' ', '~').withChars(":ü€\\\n\rcn").ofMaxLength(40);
    return Arbitraries.maps(name, value).ofMaxSize(4).map(FramePropertyTest::allowed);
  }

  private static Headers allowed(Map<String, String> values) {
    values.keySet().removeIf(name -> name.equals("event") || isReserved(name));
    return new Headers(values);
  }

  private static boolean isReserved(String name) {
    try {
      return new Headers(Map.of(name, "")).values().isEmpty();
    } catch (io.pharos.message.PharosException e) {
      return true;
    }
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll @Size(min = 1, max = 5) List<byte[]> bodies,
      @ForAll("headers") Headers headers,
      @ForAll boolean named) {
    var publications = new ArrayList<Publication>();
    for (byte[] body : bodies) {
      publications.add(
          new Publication(TOPIC, Body.wrap(body), named ? "text/plain; a=b" : null, headers, null));
    }

    Frame frame = Objects.requireNonNull(Frame.parse(write(publications)));
    List<Message> messages = frame.messages();

    assertThat(frame.destination()).isEqualTo(TOPIC);
    assertThat(frame.newest())
        .isEqualTo(new Place(new Position("e1", 6 + bodies.size()), 1234567890123L));
    assertThat(messages).hasSameSizeAs(bodies);
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      assertThat(message.position()).isEqualTo(new Position("e1", 7 + i));
      assertThat(message.timestamp()).isEqualTo(Instant.ofEpochMilli(1234567890123L));
      assertThat(message.body()).isEqualTo(publications.get(i).body());
      assertThat(message.headers()).isEqualTo(headers);
      assertThat(message.contentType()).isEqualTo(publications.get(i).contentType());
    }
  }

  @Property
  void garbageIsNoFrameAndNoError(@ForAll byte[] garbage) {
    assertThatCode(() -> read(garbage)).doesNotThrowAnyException();
  }

  @Property
  void aFrameThatWasCutOrChangedIsNoError(@ForAll int where, @ForAll byte with) {
    byte[] whole = write(List.of(Publication.text(TOPIC, "one"), Publication.text(TOPIC, "two")));
    int at = Math.floorMod(where, whole.length);
    byte[] cut = java.util.Arrays.copyOf(whole, at);
    byte[] changed = whole.clone();
    changed[at] = with;

    assertThat(read(cut)).isEmpty();
    assertThatCode(() -> read(changed)).doesNotThrowAnyException();
  }

  private static List<Message> read(byte[] bytes) {
    Frame frame = Frame.parse(bytes);
    return frame == null ? List.of() : frame.messages();
  }

  /** As the script does. */
  private static byte[] write(List<Publication> publications) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(utf8("e1 7 " + publications.size() + " 1234567890123 " + TOPIC + "\n"));
    for (Publication publication : publications) {
      byte[] head = MessageHead.encode(publication);
      out.writeBytes(utf8(head.length + " " + publication.body().length() + "\n"));
      out.writeBytes(head);
      out.writeBytes(publication.body().bytes());
    }
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
