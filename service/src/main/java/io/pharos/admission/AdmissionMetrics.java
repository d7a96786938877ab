package io.pharos.admission;

/** Who wants to know of those that are not let in. Must not block. */
@FunctionalInterface
public interface AdmissionMetrics {
  AdmissionMetrics NONE = refusal -> {};

  /** A client was sent away. */
  void refused(Refusal refusal);
}
