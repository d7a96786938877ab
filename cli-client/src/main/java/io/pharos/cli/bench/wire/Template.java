package io.pharos.cli.bench.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * An address with places for the destination: {@code {destination}}, encoded for a URL, and {@code
 * {n}}, its number from zero.
 */
public record Template(String text) {

  /** The address of one destination. */
  public String of(String destination, int number) {
    return text.replace("{destination}", URLEncoder.encode(destination, StandardCharsets.UTF_8))
        .replace("{n}", Integer.toString(number));
  }
}
