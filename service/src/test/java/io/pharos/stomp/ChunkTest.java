package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ChunkTest {

  @Property(tries = 2000)
  void findsTheFirstByteSought(
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll byte wanted,
      @ForAll @IntRange(max = 40) int from) {
    int start = Math.min(from, bytes.length);

    assertThat(new Chunk(bytes, start, bytes.length).indexOf(wanted))
        .isEqualTo(firstIndexOf(bytes, wanted, start));
  }

  @Property(tries = 2000)
  void findsItAmongNeighbouringValues(
      @ForAll @Size(max = 40) @ByteRange(min = -1, max = 1) byte[] bytes,
      @ForAll @ByteRange(min = -1, max = 1) byte wanted) {
    assertThat(new Chunk(bytes, 0, bytes.length).indexOf(wanted))
        .isEqualTo(firstIndexOf(bytes, wanted, 0));
  }

  private static int firstIndexOf(byte[] bytes, byte wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
