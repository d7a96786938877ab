package io.pharos.sockjs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPathTest {

  @Tag("sockjs-7")
  @ParameterizedTest
  @ValueSource(strings = {"/a/a", "/_/_", "/1/1", "/abcdefgh_i-j%20/abcdefg_i-j%20"})
  void anyNamesWillDo(String names) {
    assertThat(new Base().receive(FakeRequest.post(names + "/xhr")).body()).isEqualTo("o\n");
  }

  @Tag("sockjs-7")
  @ParameterizedTest
  @ValueSource(strings = {"//", "/a./a", "/a/a.", "/./.", "/", "///", "/a", "/a/a/a"})
  void emptyNamesDotsAndOtherPartsAreNotFound(String names) {
    var base = new Base();
    assertThat(base.answer(FakeRequest.get(names + "/xhr")).status()).isEqualTo(404);
    assertThat(base.answer(FakeRequest.post(names + "/xhr")).status()).isEqualTo(404);
  }

  @Test
  @Tag("sockjs-7")
  void theServersPartMeansNothing() {
    var base = new Base();
    base.receive(FakeRequest.post("/000/s/xhr"));
    base.answer(FakeRequest.post("/001/s/xhr_send").body("[\"a\"]"));
    assertThat(base.receive(FakeRequest.post("/999/s/xhr")).body()).isEqualTo("a[\"a\"]\n");
  }

  @Test
  void whatIsPrintedDoesNotTellTheName() {
    assertThat(String.valueOf(SessionPath.parse("/000/secret/xhr"))).doesNotContain("secret");
  }

  @Test
  void aSessionCanBeUsedOnlyByWhoeverOpenedIt() {
    var base = new Base();
    base.receive(FakeRequest.post("/0/s/xhr"), "alice");
    var send = FakeRequest.post("/0/s/xhr_send").body("[\"a\"]");
    assertThat(base.answer(send, "mallory").status()).isEqualTo(404);
    assertThat(base.answer(FakeRequest.post("/0/s/xhr"), "mallory").status()).isEqualTo(404);
    assertThat(base.service.received).isEmpty();
    assertThat(base.answer(send, "alice").status()).isEqualTo(204);
    assertThat(base.receive(FakeRequest.post("/0/s/xhr"), "alice").body()).isEqualTo("a[\"a\"]\n");
  }
}
