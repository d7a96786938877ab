package io.pharos.relay;

import io.pharos.stomp.Command;
import io.pharos.stomp.Frame;
import java.util.ArrayList;
import java.util.List;

/** Frames that the broker is to carry out together, each with a receipt. */
final class Transaction {
  private Transaction() {}

  /**
   * From BEGIN to COMMIT. RabbitMQ's receipt of COMMIT does not wait for the messages' storage, so
   * each SEND has one of its own.
   */
  static List<Frame> of(List<Frame> frames, Receipts.Batch receipts) {
    // Unique on its connection, as every receipt is.
    String name = receipts.next();
    var all = new ArrayList<Frame>(frames.size() + 2);
    all.add(Frame.of(Command.BEGIN).header("transaction", name).header("receipt", name).build());
    for (Frame frame : frames) {
      all.add(
          frame.command() == Command.SEND
              ? Translation.toBroker(frame, "transaction", name, "receipt", receipts.next())
              : Translation.toBroker(frame, "transaction", name));
    }
    all.add(
        Frame.of(Command.COMMIT)
            .header("transaction", name)
            .header("receipt", receipts.next())
            .build());
    return all;
  }
}
