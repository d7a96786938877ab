package io.pharos.cli.context;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All contexts, by name, and which of them is in use. Immutable.
 *
 * @param current the name in use, or null when none is
 */
public record Contexts(SortedMap<String, Context> byName, @Nullable String current) {
  public static final Contexts NONE = new Contexts(new TreeMap<>(), null);

  public Contexts {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    if (current != null && !byName.containsKey(current)) {
      throw new IllegalArgumentException("there is no context '" + current + "'");
    }
  }

  public @Nullable Context get(String name) {
    return byName.get(name);
  }

  /** The one in use, or null. */
  public @Nullable Context inUse() {
    return current == null ? null : byName.get(current);
  }

  public Collection<Context> all() {
    return byName.values();
  }

  /** Adds or replaces; the first one is in use from then on. */
  public Contexts with(Context context) {
    var changed = new TreeMap<>(byName);
    changed.put(context.name(), context);
    return new Contexts(changed, current == null ? context.name() : current);
  }

  public Contexts without(String name) {
    var changed = new TreeMap<>(byName);
    changed.remove(name);
    return new Contexts(changed, name.equals(current) ? null : current);
  }

  /**
   * Takes one into use.
   *
   * @throws IllegalArgumentException when there is none of this name
   */
  public Contexts using(String name) {
    return new Contexts(byName, name);
  }
}
