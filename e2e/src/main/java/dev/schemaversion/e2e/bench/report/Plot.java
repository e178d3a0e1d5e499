package dev.schemaversion.e2e.bench.report;

import dev.schemaversion.e2e.bench.timeline.Part;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Draws the figures as bars: for each scenario and way the parts of the typical measurement one
 * after another, and a dot for each measurement. It follows the dark or light theme of the reader.
 */
final class Plot {
  private static final int WIDTH = 860;
  private static final int LEFT = 215;
  private static final int RIGHT = 60;
  private static final int ROW = 26;
  private static final int BAR = 15;
  private static final int HEAD = 34;
  private static final int FOOT = 34;
  private static final int LEGEND = 40;
  private static final int TICKS = 8;

  private static final String STYLE =
      """
      text { font: 12px sans-serif; fill: #1f2328; }
      .title { font-weight: bold; }
      .axis { stroke: #d1d9e0; }
      .number { fill: #59636e; }
      .dot { fill: #1f2328; }
      .ground { fill: #ffffff; }
      .REACTION { fill: #8c959f; }
      .START { fill: #54aeff; }
      .MIGRATION { fill: #2da44e; }
      .END { fill: #d4a72c; }
      .PROGRAM { fill: #bf87ff; }
      @media (prefers-color-scheme: dark) {
        text { fill: #f0f6fc; }
        .axis { stroke: #3d444d; }
        .number { fill: #9198a1; }
        .dot { fill: #f0f6fc; }
        .ground { fill: #0d1117; }
        .REACTION { fill: #656c76; }
        .START { fill: #1f6feb; }
        .MIGRATION { fill: #238636; }
        .END { fill: #9e6a03; }
        .PROGRAM { fill: #8957e5; }
      }
      """;

  private final List<ScenarioFigures> scenarios;
  private final StringBuilder svg = new StringBuilder();

  /** Draws those scenarios that have parts. */
  Plot(Collection<ScenarioFigures> scenarios) {
    this.scenarios = scenarios.stream().filter(ScenarioFigures::showsParts).toList();
  }

  /** Returns the picture. */
  String svg() {
    int height =
        LEGEND
            + scenarios.stream()
                .mapToInt(scenario -> HEAD + scenario.ways().size() * ROW + FOOT)
                .sum();
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">",
        WIDTH, height, WIDTH, height);
    line("<title>Seconds from apply to a running program</title>");
    svg.append("<style>\n").append(STYLE).append("</style>\n");
    line("<rect class=\"ground\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
    legend();
    int top = LEGEND;
    for (var scenario : scenarios) {
      draw(scenario, top);
      top += HEAD + scenario.ways().size() * ROW + FOOT;
    }
    line("</svg>");
    return svg.toString();
  }

  private void legend() {
    int x = LEFT;
    for (var part : Part.values()) {
      line("<rect class=\"%s\" x=\"%d\" y=\"14\" width=\"12\" height=\"12\"/>", part, x);
      line("<text x=\"%d\" y=\"24\">%s</text>", x + 17, part.title());
      x += 30 + part.title().length() * 7;
    }
  }

  private void draw(ScenarioFigures scenario, int top) {
    double most =
        scenario.ways().stream().mapToDouble(way -> Collections.max(way.seconds())).max().orElse(1);
    double step = step(most);
    double scale = (WIDTH - LEFT - RIGHT) / most;
    int bottom = top + HEAD + scenario.ways().size() * ROW;
    line("<text class=\"title\" x=\"12\" y=\"%d\">%s</text>", top + 20, escaped(scenario.title()));
    for (int tick = 0; tick * step <= most; tick++) {
      double x = LEFT + tick * step * scale;
      line(
          "<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>",
          x, top + HEAD - 4, x, bottom);
      line(
          "<text class=\"number\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s s</text>",
          x,
          bottom + 15,
          step < 1 ? Table.number(tick * step) : Long.toString(Math.round(tick * step)));
    }
    int y = top + HEAD;
    for (var way : scenario.ways()) {
      draw(way, y, scale);
      y += ROW;
    }
  }

  private void draw(Figures way, int y, double scale) {
    line(
        "<text text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>",
        LEFT - 8, y + 12, escaped(way.way()));
    double x = LEFT;
    for (var part : Part.values()) {
      double width = way.parts().getOrDefault(part, 0.0) * scale;
      line(
          "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
          part, x, y, width, BAR);
      x += width;
    }
    for (double seconds : way.seconds()) {
      line(
          "<circle class=\"dot\" cx=\"%.1f\" cy=\"%d\" r=\"2\"/>",
          LEFT + seconds * scale, y + BAR + 4);
    }
    line(
        "<text x=\"%.1f\" y=\"%d\">%s</text>",
        LEFT + Collections.max(way.seconds()) * scale + 6, y + 12, Table.number(way.median()));
  }

  /** Returns a distance of ticks, so that there are some and not many. */
  private static double step(double most) {
    for (double step = 0.1; ; step *= 10) {
      for (int times : new int[] {1, 2, 5}) {
        if (most / (step * times) <= TICKS) {
          return step * times;
        }
      }
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private void line(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
