package io.pharos.cli.bench.report;

import io.pharos.cli.bench.Outcome;
import io.pharos.cli.bench.measure.Latency;
import java.util.Formatter;
import java.util.Locale;

/**
 * The distribution of the latencies as SVG: time, on a logarithmic scale, over the share of
 * deliveries, so that each step to the right is ten times as rare.
 */
public final class LatencyChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final double[] TICKS = {0, 90, 99, 99.9, 99.99, 99.999};
  private static final int DECADES = 5;
  private static final int STEPS = 200;

  private final Formatter out = new Formatter(new StringBuilder(), Locale.ROOT);
  private final double lowest;
  private final double highest;

  private LatencyChart(Outcome outcome) {
    Latency all = outcome.deliveries().latency();
    Latency last = outcome.deliveries().lastSubscriber();
    lowest = Math.floor(Math.log10(Math.max(0.01, all.millis(0))));
    double most = Math.max(all.maxMillis(), last.maxMillis());
    highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(0.1, most))));
  }

  /** A whole SVG document. */
  public static String of(Outcome outcome) {
    var chart = new LatencyChart(outcome);
    chart.begin(outcome);
    chart.grid();
    chart.curve(outcome.deliveries().latency(), "#1f6feb", "each delivery", 0);
    chart.curve(outcome.deliveries().lastSubscriber(), "#d1571b", "last subscriber", 1);
    chart.out.format("</svg>%n");
    return chart.out.toString();
  }

  private void begin(Outcome outcome) {
    out.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">%n",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    out.format("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
    out.format(
        "<text x=\"%d\" y=\"20\" font-size=\"14\">%s: %s, %s messages/s</text>%n",
        LEFT,
        outcome.transport(),
        new Count(outcome.load().clients(), "client"),
        outcome.load().rate());
  }

  private void grid() {
    for (double exponent = lowest; exponent <= highest; exponent++) {
      double y = y(Math.pow(10, exponent));
      out.format(
          "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
              + " text-anchor=\"end\">%s ms</text>%n",
          LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, label(Math.pow(10, exponent)));
    }
    for (double percentile : TICKS) {
      double x = x(percentile);
      out.format(
          "<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\""
              + " text-anchor=\"middle\">%s%%</text>%n",
          x, TOP, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 18, label(percentile));
    }
    out.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">share of deliveries that took no longer"
            + "</text>%n",
        (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12);
  }

  private void curve(Latency latency, String colour, String name, int place) {
    if (latency.count() > 0) {
      out.format("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", colour);
      for (int step = 0; step <= STEPS; step++) {
        double percentile = 100 - 100 * Math.pow(10, -DECADES * (double) step / STEPS);
        out.format("%.1f,%.1f ", x(percentile), y(latency.millis(percentile)));
      }
      out.format("\"/>%n");
    }
    int x = WIDTH - RIGHT - 260 + place * 130;
    out.format("<path d=\"M%d 16h20\" stroke=\"%s\" stroke-width=\"2\"/>", x, colour);
    out.format("<text x=\"%d\" y=\"20\">%s</text>%n", x + 26, name);
  }

  private static double x(double percentile) {
    double decades = Math.min(DECADES, -Math.log10((100 - percentile) / 100));
    return LEFT + decades / DECADES * (WIDTH - LEFT - RIGHT);
  }

  private double y(double millis) {
    double exponent = Math.log10(Math.max(Math.pow(10, lowest), millis));
    double share = (exponent - lowest) / (highest - lowest);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static String label(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
