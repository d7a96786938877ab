package io.pharos.admission;

/**
 * How many clients one node lets in. 0 stands for no bound.
 *
 * @param node connections at once
 * @param user connections of one user at once
 * @param address connections from one address at once
 * @param handshakesPerSecond new connections a second; as many may come at one moment
 */
public record AdmissionLimits(int node, int user, int address, int handshakesPerSecond) {
  public static final AdmissionLimits NONE = new AdmissionLimits(0, 0, 0, 0);

  public AdmissionLimits {
    if (node < 0 || user < 0 || address < 0 || handshakesPerSecond < 0) {
      throw new IllegalArgumentException("bounds on clients must not be negative");
    }
  }
}
