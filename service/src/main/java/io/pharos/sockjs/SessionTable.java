package io.pharos.sockjs;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions there are: those over HTTP by the name that their client gave them, WebSockets by
 * themselves.
 */
final class SessionTable<C> {

  /**
   * A session, and who opened it.
   *
   * @param opener what was known of the client
   */
  record Entry<C>(Session session, C opener) {}

  private final Map<Object, Entry<C>> entries = new ConcurrentHashMap<>();

  @Nullable Entry<C> find(String name) {
    Entry<C> found = entries.get(name);
    return found == null || found.session().isGone() ? null : found;
  }

  /**
   * Adds a session unless there is one of this name.
   *
   * @return whether there was none
   */
  boolean addIfFree(String name, Entry<C> entry) {
    Entry<C> old = entries.putIfAbsent(name, entry);
    return old == null || old.session().isGone() && entries.replace(name, old, entry);
  }

  void addUnnamed(Entry<C> entry) {
    entries.put(entry, entry);
  }

  /** Looks at the clocks, and forgets what is gone. */
  void tick(long now) {
    entries
        .entrySet()
        .removeIf(
            each -> {
              Session session = each.getValue().session();
              session.tick(now);
              return session.isGone();
            });
  }

  int size() {
    return entries.size();
  }
}
