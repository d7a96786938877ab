package io.pharos.it.handlers;

import io.pharos.messaging.MessageMapping;
import io.pharos.messaging.SendToUser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Handlers that need more than the chat does. */
@ApplicationScoped
@MessageMapping("odd.")
@SendToUser(value = "/queue/odd", broadcast = false)
public class OddHandlers {
  @Inject CallCount count;

  /** Twice in one request. */
  @MessageMapping("count")
  public int count() {
    count.next();
    return count.next();
  }

  /** Not public: still the bean's, with what was injected into it. */
  @MessageMapping("hidden")
  int hidden() {
    return count.next();
  }

  /** A name of the application's, and no client's. */
  @SuppressWarnings("BanJNDI")
  @MessageMapping("lookup")
  public String lookup() throws NamingException {
    return InitialContext.doLookup("java:comp/DefaultContextService") == null ? "no" : "found";
  }

  @MessageMapping("loader")
  public String loader() throws ClassNotFoundException {
    return Thread.currentThread()
        .getContextClassLoader()
        .loadClass(OddHandlers.class.getName())
        .getSimpleName();
  }

  @MessageMapping("fail")
  public String fail() {
    throw new IllegalStateException("table ACCOUNTS is gone");
  }
}
