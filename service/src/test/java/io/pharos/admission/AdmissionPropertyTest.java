package io.pharos.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever clients do, each is counted while it is there, and never after. */
class AdmissionPropertyTest {
  private static final int NODE = 6;
  private static final int USER = 2;
  private static final int ADDRESS = 3;

  /** One client that was let in, as the model sees it. */
  private static final class Client {
    final Ticket ticket;
    final String address;
    @Nullable String user;
    boolean open = true;

    Client(Ticket ticket, String address) {
      this.ticket = ticket;
      this.address = address;
    }
  }

  private final List<Client> clients = new ArrayList<>();

  private long open(String address, @Nullable String user) {
    return clients.stream()
        .filter(c -> c.open && (address.isEmpty() || c.address.equals(address)))
        .filter(c -> user == null || user.equals(c.user))
        .count();
  }

  /** A step is an action, and whom it is about. */
  @Property(tries = 300)
  void exactlyThoseAreRefusedWhoFindNoPlace(
      @ForAll @Size(max = 120) List<@IntRange(max = 59) Integer> steps) {
    clients.clear();
    var admission =
        new Admission(new AdmissionLimits(NODE, USER, ADDRESS, 0), AdmissionMetrics.NONE, () -> 0);
    for (int step : steps) {
      int who = step / 3;
      switch (step % 3) {
        case 0 -> enter(admission, "a" + who % 3);
        case 1 -> login(who);
        default -> close(who);
      }
      assertThat(admission.connections()).isEqualTo((int) open("", null));
    }
    clients.forEach(c -> c.ticket.close());
    assertThat(admission.connections()).isZero();
    // Nothing is left behind: each bound can be used up in full once more.
    for (String name : List.of("a0", "a1")) {
      for (int i = 0; i < ADDRESS; i++) {
        Ticket ticket = admission.enter(name);
        if (i < USER) {
          ticket.login("u" + name.charAt(1));
        }
      }
    }
  }

  private void enter(Admission admission, String address) {
    boolean room = open("", null) < NODE && open(address, null) < ADDRESS;
    try {
      clients.add(new Client(admission.enter(address), address));
      assertThat(room).isTrue();
    } catch (NotAdmittedException e) {
      assertThat(room).isFalse();
    }
  }

  private void login(int who) {
    if (clients.isEmpty()) {
      return;
    }
    Client client = clients.get(who % clients.size());
    if (client.user != null || !client.open) {
      return;
    }
    String user = "u" + who % 2;
    boolean room = open("", user) < USER;
    try {
      client.ticket.login(user);
      client.user = user;
      assertThat(room).isTrue();
    } catch (NotAdmittedException e) {
      assertThat(room).isFalse();
    }
  }

  /** More than once, perhaps. */
  private void close(int who) {
    if (!clients.isEmpty()) {
      Client client = clients.get(who % clients.size());
      client.ticket.close();
      client.open = false;
    }
  }
}
