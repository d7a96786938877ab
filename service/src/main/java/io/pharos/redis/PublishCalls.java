package io.pharos.redis;

import io.pharos.broker.HistoryLimits;
import io.pharos.message.Destination;
import io.pharos.message.Publication;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.CommandArguments;

/** Writes the calls of the publishing script. */
record PublishCalls(Names names, LogSettings settings, Dialect dialect) {

  CommandArguments command(Destination destination, List<Publication> publications) {
    HistoryLimits limits = settings.limits(destination);
    var keys = new ArrayList<String>();
    for (Publication publication : publications) {
      String key = publication.idempotencyKey();
      if (key != null) {
        keys.add(names.idempotency(destination, key));
      }
    }
    CommandArguments call = Script.PUBLISH.call(2 + keys.size());
    call.key(names.log(destination)).key(names.stream(destination));
    keys.forEach(call::key);
    settings.addTo(call, limits);
    call.add(LogSettings.KEY_TTL.toMillis())
        .add(dialect.publish().name())
        .add(names.channel(destination))
        .add(destination.value());
    for (Publication publication : publications) {
      call.add(publication.idempotencyKey() == null ? "0" : "1")
          .add(MessageHead.encode(publication))
          .add(publication.body().bytes());
    }
    return call;
  }
}
