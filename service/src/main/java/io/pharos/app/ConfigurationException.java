package io.pharos.app;

/**
 * The configuration cannot be used. The message names the key, what it holds and what is allowed.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConfigurationException(String key, String value, String allowed) {
    super(key + " is '" + value + "'; allowed is " + allowed);
  }

  ConfigurationException(String message) {
    super(message);
  }
}
