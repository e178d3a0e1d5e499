package dev.schemaversion.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics of the reference page, which is made from a scrape, and which of them an expression
 * in PromQL uses.
 */
final class KnownMetrics {
  /** A row of the page: the metric's name in quotes, its type, and its labels. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| (.*?) \\|");

  private static final Pattern SELECTOR = Pattern.compile("[{,]\\s*(\\w+)\\s*[!=]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
  private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SELECTORS_AND_RANGES =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|(?<![\\w])[0-9.]+");
  private static final Pattern NAME = Pattern.compile("\\b([a-zA-Z_]\\w*)\\b(?!\\s*\\()");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

  /** What Prometheus adds to each series. */
  private static final Set<String> OF_THE_TARGET = Set.of("instance", "le");

  private final Map<String, Set<String>> labels = new TreeMap<>();

  KnownMetrics() {
    ROW.matcher(Pages.read(Path.of("docs", "reference", "metrics.md")))
        .results()
        .forEach(row -> add(row.group(1), row.group(2), row.group(3)));
    assertThat(labels).isNotEmpty();
  }

  /** A summary or histogram is a family of series. */
  private void add(String name, String type, String cell) {
    var found =
        Stream.of(cell.split(", ", -1))
            .map(label -> label.replace("`", ""))
            .collect(Collectors.toSet());
    var series =
        switch (type) {
          case "summary" -> List.of("_count", "_sum");
          case "histogram" -> List.of("_count", "_sum", "_bucket");
          default -> List.of("");
        };
    series.forEach(end -> labels.put(name + end, found));
  }

  /**
   * Fails if an expression uses another metric or label.
   *
   * @return the labels that its series may have
   */
  Set<String> requireKnown(String expression) {
    var withoutTexts = TEXT.matcher(expression).replaceAll("\"\"");
    var used = new TreeSet<>(all(SELECTOR, withoutTexts));
    GROUPING
        .matcher(withoutTexts)
        .results()
        .flatMap(group -> Stream.of(group.group(1).split(",", -1)))
        .map(String::strip)
        .forEach(used::add);
    var names =
        all(
            NAME,
            SELECTORS_AND_RANGES
                .matcher(GROUPING.matcher(withoutTexts).replaceAll(""))
                .replaceAll(""));
    names.removeAll(OPERATORS);

    assertThat(names).as("metrics of %s", expression).isNotEmpty();
    assertThat(labels.keySet()).as("metrics of %s", expression).containsAll(names);
    var known = new TreeSet<>(OF_THE_TARGET);
    names.forEach(name -> known.addAll(labels.get(name)));
    assertThat(known).as("labels of %s", expression).containsAll(used);
    return known;
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
