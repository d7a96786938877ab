package io.pharos.app;

import io.pharos.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Live means: the timer that watches over the sessions is still ticking. */
@ApplicationScoped
@org.eclipse.microprofile.health.Liveness
public class Liveness implements HealthCheck {
  @Inject Sessions sessions;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("sessions")
        .status(sessions.isTicking())
        .withData("open", sessions.count())
        .build();
  }
}
