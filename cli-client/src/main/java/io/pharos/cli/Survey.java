package io.pharos.cli;

import io.pharos.cli.failure.CliException;
import io.pharos.cli.failure.UnexpectedAnswerException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** What all nodes were asked for, and whether all of them have answered. */
record Survey(JsonObject answer, String list) {

  /** What was found. */
  List<JsonObject> found() throws IOException {
    if (answer.get(list) instanceof JsonArray array
        && array.stream().allMatch(each -> each instanceof JsonObject)) {
      return array.getValuesAs(JsonObject.class);
    }
    throw new UnexpectedAnswerException("the answer names no " + list);
  }

  /**
   * Says what is missing. To be called when everything is printed that there is.
   *
   * @throws CliException FAILED when a node has not answered
   */
  void checkComplete() {
    if (answer.getBoolean("complete", true)) {
      return;
    }
    String silent =
        answer.get("silentNodes") instanceof JsonArray nodes
            ? nodes.stream().map(Survey::text).collect(Collectors.joining(", "))
            : "a node";
    throw CliException.failed(
        "no answer from " + silent + ": this is not all", "Try again, or see 'pharos nodes'.");
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString string ? string.getString() : value.toString();
  }
}
