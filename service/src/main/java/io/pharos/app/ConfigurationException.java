package io.pharos.app;

import java.util.Collection;

/**
 * The configuration cannot be used. The message names each key at fault, what it holds and what is
 * allowed.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(String key, String value, String allowed) {
    super(key + " is '" + value + "'; allowed is " + allowed);
  }

  ConfigurationException(String message) {
    super(message);
  }

  /**
   * @param faults the messages of what is wrong, at least one
   */
  static ConfigurationException of(Collection<String> faults) {
    return new ConfigurationException(
        faults.size() == 1
            ? faults.iterator().next()
            : faults.size() + " settings cannot be used:\n  " + String.join("\n  ", faults));
  }
}
