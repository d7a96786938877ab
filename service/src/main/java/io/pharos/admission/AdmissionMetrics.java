package io.pharos.admission;

/** What is counted of admission. Must not block. */
@FunctionalInterface
public interface AdmissionMetrics {
  AdmissionMetrics NONE = refusal -> {};

  /** A client was sent away. */
  void refused(Refusal refusal);
}
