package io.pharos.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings as the types they mean: durations like {@code 25s}, sizes like {@code 64KiB},
 * lists with commas. What cannot be used is gathered, so that {@link #check} names all of it at
 * once; until then the default stands in for it.
 */
final class ConfigSource {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12}) ?(B|KiB|MiB|GiB)?");

  private final Function<String, Optional<String>> lookup;
  private final Set<String> faults = new LinkedHashSet<>();

  ConfigSource(Function<String, Optional<String>> lookup) {
    this.lookup = lookup;
  }

  /**
   * What is read, or what stands in for it when that cannot be used.
   *
   * @param reading throws {@link ConfigurationException} for what cannot be used
   */
  <T> T orElse(T substitute, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigurationException e) {
      faults.add(e.getMessage());
      return substitute;
    }
  }

  /**
   * To be called once everything has been read.
   *
   * @throws ConfigurationException naming everything that could not be used
   */
  void check() {
    if (!faults.isEmpty()) {
      throw ConfigurationException.of(faults);
    }
  }

  Optional<String> optional(Setting setting) {
    return lookup.apply(setting.key()).map(String::strip).filter(value -> !value.isEmpty());
  }

  String text(Setting setting) {
    return optional(setting).orElse(setting.defaultValue());
  }

  List<String> list(Setting setting) {
    return Arrays.stream(text(setting).split(",", -1))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  boolean flag(Setting setting) {
    String key = setting.key();
    return orElse(flag(key, setting.defaultValue()), () -> flag(key, text(setting)));
  }

  static boolean flag(String key, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigurationException(key, value, "true or false");
    };
  }

  int count(Setting setting, int least) {
    String key = setting.key();
    return orElse(
        count(key, setting.defaultValue(), least), () -> count(key, text(setting), least));
  }

  long size(Setting setting, long least, long most) {
    String key = setting.key();
    return orElse(
        size(key, setting.defaultValue(), least, most),
        () -> size(key, text(setting), least, most));
  }

  Duration duration(Setting setting) {
    String key = setting.key();
    return orElse(duration(key, setting.defaultValue()), () -> duration(key, text(setting)));
  }

  /** What {@link #moment(String, String)} says. */
  Duration moment(Setting setting) {
    String key = setting.key();
    return orElse(moment(key, setting.defaultValue()), () -> moment(key, text(setting)));
  }

  static int count(String key, String value, int least) {
    try {
      int count = Integer.parseInt(value);
      if (count >= least) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number that is too small.
    }
    throw new ConfigurationException(key, value, "a whole number of at least " + least);
  }

  private static long size(String key, String value, long least, long most) {
    long bytes = parseSize(key, value);
    if (bytes < least || bytes > most) {
      throw new ConfigurationException(
          key, value, "a size of " + least + " to " + most + " bytes, such as 64KiB");
    }
    return bytes;
  }

  static Duration duration(String key, String value) {
    Duration duration = parseDuration(value);
    if (duration == null || duration.isZero()) {
      throw new ConfigurationException(
          key, value, "a positive duration with ms, s, m, h or d, such as 25s");
    }
    return duration;
  }

  /** A duration of at most a second; {@code 0} for none. */
  static Duration moment(String key, String value) {
    Duration duration = value.equals("0") ? Duration.ZERO : parseDuration(value);
    if (duration == null || duration.compareTo(MOMENT) > 0) {
      throw new ConfigurationException(key, value, "0, or a duration up to 1s, such as 25ms");
    }
    return duration;
  }

  private static @Nullable Duration parseDuration(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      return null;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static long parseSize(String key, String value) {
    Matcher matcher = SIZE.matcher(value);
    if (!matcher.matches()) {
      throw new ConfigurationException(
          key, value, "a size in bytes, KiB, MiB or GiB, such as 64KiB");
    }
    long number = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (unit == null) {
      return number;
    }
    return switch (unit) {
      case "KiB" -> number << 10;
      case "MiB" -> number << 20;
      case "GiB" -> number << 30;
      default -> number;
    };
  }
}
