package io.pharos.cli.bench.report;

import io.pharos.cli.bench.Outcome;

/** A page that needs nothing beside itself. */
public final class HtmlReport {
  private HtmlReport() {}

  /** The text report, the distribution of the latencies, and a table of all figures. */
  public static String of(Outcome outcome) {
    var page = new StringBuilder(16_384);
    page.append(
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>pharos bench</title>
        <style>
        body { font-family: sans-serif; margin: 2em }
        td { padding: 0 1em 0 0 }
        pre { background: #f6f6f6; padding: 1em; overflow: auto }
        </style>
        <h1>pharos bench</h1>
        """);
    page.append("<pre>");
    TextReport.of(outcome).forEach(line -> page.append(escape(line)).append('\n'));
    page.append("</pre>\n").append(LatencyChart.of(outcome)).append("<table>\n");
    Figures.of(outcome)
        .values()
        .forEach(
            (name, value) ->
                page.append("<tr><td>")
                    .append(escape(name))
                    .append("<td>")
                    .append(escape(value.toString()))
                    .append('\n'));
    return page.append("</table>\n</html>\n").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
