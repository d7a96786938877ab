package io.pharos.app;

import io.pharos.broker.Broker;
import io.pharos.hub.Drain;
import io.pharos.message.PharosException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Ready means: a publication would be stored now, and clients are welcome. */
@ApplicationScoped
@org.eclipse.microprofile.health.Readiness
public class Readiness implements HealthCheck {
  @Inject Broker broker;
  @Inject Drain drain;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("broker");
    if (drain.isDraining()) {
      return response.down().withData("reason", "the node is draining").build();
    }
    try {
      broker.check();
      return response.up().build();
    } catch (PharosException e) {
      return response.down().withData("reason", e.detail()).build();
    }
  }
}
