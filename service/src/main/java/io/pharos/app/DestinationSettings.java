package io.pharos.app;

import io.pharos.broker.HistoryLimits;
import io.pharos.hub.Overflow;
import io.pharos.message.Destination;
import io.pharos.message.DestinationPattern;
import io.pharos.message.PharosException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is set for each destination: in general, and by {@code
 * pharos.destination."PATTERN".history.size}, {@code .history.ttl}, {@code .presence}, {@code
 * .overflow} and {@code .linger} for some. Where several patterns match, the one with more fixed
 * segments wins.
 */
final class DestinationSettings implements Function<Destination, HistoryLimits> {
  /** What the keys begin with: the pattern and its closing quotation mark follow. */
  static final String PREFIX = "pharos.destination.\"";

  private record Rule(
      DestinationPattern pattern,
      @Nullable Integer size,
      @Nullable Duration ttl,
      @Nullable Boolean presence,
      @Nullable Overflow overflow,
      @Nullable Duration linger) {
    Rule withSize(int newSize) {
      return new Rule(pattern, newSize, ttl, presence, overflow, linger);
    }

    Rule withTtl(Duration newTtl) {
      return new Rule(pattern, size, newTtl, presence, overflow, linger);
    }

    Rule withPresence(boolean newPresence) {
      return new Rule(pattern, size, ttl, newPresence, overflow, linger);
    }

    Rule withOverflow(Overflow newOverflow) {
      return new Rule(pattern, size, ttl, presence, newOverflow, linger);
    }

    Rule withLinger(Duration newLinger) {
      return new Rule(pattern, size, ttl, presence, overflow, newLinger);
    }

    int fixedSegments() {
      int fixed = 0;
      for (String segment : pattern.value().substring(1).split("/", -1)) {
        fixed += segment.startsWith("*") ? 0 : 1;
      }
      return fixed;
    }
  }

  private final HistoryLimits general;
  private final Duration generalLinger;
  private final List<Rule> overrides;

  private DestinationSettings(HistoryLimits general, Duration generalLinger, List<Rule> overrides) {
    this.general = general;
    this.generalLinger = generalLinger;
    this.overrides = overrides;
  }

  /**
   * @param properties all configuration keys with their values; the ones that are no overrides are
   *     skipped
   * @param source is told of those that cannot be used
   */
  static DestinationSettings of(
      HistoryLimits general, Duration linger, Map<String, String> properties, ConfigSource source) {
    Map<String, Rule> found = new HashMap<>();
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                source.orElse(found, () -> with(found, key, value));
              }
            });
    var overrides = new ArrayList<>(found.values());
    overrides.sort(Comparator.comparingInt(Rule::fixedSegments).reversed());
    return new DestinationSettings(general, linger, List.copyOf(overrides));
  }

  private static Map<String, Rule> with(Map<String, Rule> found, String key, String value) {
    int end = key.indexOf("\".", PREFIX.length());
    if (end < 0) {
      throw new ConfigurationException(
          key + " is not of the form pharos.destination.\"PATTERN\".KEY");
    }
    String pattern = key.substring(PREFIX.length(), end);
    Rule before =
        found.getOrDefault(pattern, new Rule(parse(key, pattern), null, null, null, null, null));
    Rule after =
        switch (key.substring(end + 2)) {
          case "history.size" -> before.withSize(ConfigSource.count(key, value, 0));
          case "history.ttl" -> before.withTtl(ConfigSource.duration(key, value));
          case "presence" -> before.withPresence(ConfigSource.flag(key, value));
          case "overflow" -> before.withOverflow(parseOverflow(key, value));
          case "linger" -> before.withLinger(ConfigSource.moment(key, value));
          default ->
              throw new ConfigurationException(
                  key
                      + " is unknown; allowed for a destination are history.size, history.ttl,"
                      + " presence, overflow and linger");
        };
    found.put(pattern, after);
    return found;
  }

  private static Overflow parseOverflow(String key, String value) {
    return switch (value) {
      case "disconnect" -> Overflow.DISCONNECT;
      case "drop-oldest" -> Overflow.DROP_OLDEST;
      case "conflate" -> Overflow.CONFLATE;
      default ->
          throw new ConfigurationException(key, value, "disconnect, drop-oldest or conflate");
    };
  }

  private static DestinationPattern parse(String key, String pattern) {
    try {
      return new DestinationPattern(pattern);
    } catch (PharosException e) {
      throw new ConfigurationException(key + ": " + e.detail());
    }
  }

  /**
   * Whether it is published who joins and leaves the destination. Never to a work queue, where it
   * would be taken for work.
   */
  boolean announcesPresence(Destination destination) {
    if (destination.kind() == Destination.Kind.QUEUE) {
      return false;
    }
    for (Rule override : overrides) {
      if (override.presence() != null && override.pattern().matches(destination)) {
        return override.presence();
      }
    }
    return false;
  }

  /** What becomes of the destination's messages for a client that does not keep up. */
  Overflow overflow(Destination destination) {
    for (Rule override : overrides) {
      if (override.overflow() != null && override.pattern().matches(destination)) {
        return override.overflow();
      }
    }
    return Overflow.DISCONNECT;
  }

  /** How long the destination's messages may wait for others. */
  Duration linger(Destination destination) {
    for (Rule override : overrides) {
      if (override.linger() != null && override.pattern().matches(destination)) {
        return override.linger();
      }
    }
    return generalLinger;
  }

  @Override
  public HistoryLimits apply(Destination destination) {
    int size = -1;
    Duration ttl = null;
    for (Rule override : overrides) {
      if (override.pattern().matches(destination)) {
        size = size < 0 && override.size() != null ? override.size() : size;
        ttl = ttl == null ? override.ttl() : ttl;
      }
    }
    return new HistoryLimits(size < 0 ? general.size() : size, ttl == null ? general.ttl() : ttl);
  }
}
