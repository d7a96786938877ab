package io.pharos.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcTest {
  @TempDir Path proc;

  @Test
  void addsUpProcessesWhateverTheirNames() throws IOException {
    process(12, "(nginx: (worker) 1)", "250", "50", "VmRSS:\t    2048 kB");
    process(13, "(java)", "100", "0", "VmRSS:\t 1000 kB");

    ProcessUsage usage = new ProcessProbe(proc, List.of(12L, 13L)).read();

    assertThat(usage.cpuSeconds()).isEqualTo(4.0);
    assertThat(usage.residentKilobytes()).isEqualTo(3048);
  }

  @Test
  void namesTheProcessThatIsNotThere() {
    assertThatThrownBy(() -> new ProcessProbe(proc, List.of(99L)).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("99");
  }

  @Test
  void seesAConnectionFromBothSidesAndInBothFamilies() throws IOException {
    Files.writeString(
        proc.resolve("tcp"),
        """
          sl  local_address rem_address   st
           0: 0100007F:C350 0100007F:24A4 01 00000000:00000000 00:00000000
           1: 0100007F:C351 0100007F:24A4 01 00000000:00000000 00:00000000
        """);
    Files.writeString(
        proc.resolve("tcp6"),
        """
          sl  local_address rem_address   st
           0: 0000000000000000FFFF00000100007F:24A4 0000000000000000FFFF00000100007F:C350 01 0
           1: 0000000000000000FFFF00000100007F:24A4 0000000000000000FFFF00000100007F:C351 04 0
        """);

    SocketTable table = SocketTable.read(proc);

    assertThat(table.isEstablished(9380, 50000)).isTrue();
    assertThat(table.isEstablished(9380, 50001)).as("FIN_WAIT1").isFalse();
    assertThat(table.isEstablished(50001, 9380)).isTrue();
    assertThat(table.isEstablished(9380, 50002)).as("unknown").isFalse();
  }

  @Test
  void anEmptyTableWhereThereIsNone() throws IOException {
    assertThat(SocketTable.read(proc).isEstablished(1, 2)).isFalse();
  }

  private void process(int id, String name, String user, String system, String memory)
      throws IOException {
    Path folder = Files.createDirectory(proc.resolve(Integer.toString(id)));
    Files.writeString(
        folder.resolve("stat"),
        id + " " + name + " S 1 2 3 4 5 6 7 8 9 10 " + user + " " + system + " 0 0\n");
    Files.writeString(folder.resolve("status"), "Name:\tx\n" + memory + "\n");
  }
}
