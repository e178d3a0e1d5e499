package dev.schemaversion.runner.snapshot;

import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What a comparison does with each property of a dump, and what the page about concepts says that
 * it does.
 */
public final class ComparedProperties {
  private static final Path PAGE = Path.of("docs/concepts.md");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final Map<String, String> results = new TreeMap<>();
  private final Map<String, String> changes = new TreeMap<>();
  private final List<String> contradictions = new ArrayList<>();

  /** What a snapshot has of a schema. */
  public record State(Snapshot schema, List<String> notes) {
    /** Says what a proof does in which this is expected. */
    public String treatmentOf(State found) {
      var comparison = Comparison.of(schema, found.schema).withNotes(notes, found.notes);
      return !comparison.isEqual()
          ? "compared"
          : comparison.notes().isEmpty() ? "left out" : "noted";
    }
  }

  /**
   * Reads a table of the page.
   *
   * @param property the name of a property, of the first cell and of a code in the second one
   * @return what the third cell says of each
   */
  public static Map<String, String> page(String header, BinaryOperator<String> property)
      throws IOException {
    var page = new TreeMap<String, String>();
    Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.startsWith(header))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1))
        .forEach(
            cells ->
                CODE.matcher(cells[2])
                    .results()
                    .forEach(
                        code ->
                            page.put(
                                property.apply(cells[1].strip(), code.group(1)),
                                cells[3].strip())));
    return page;
  }

  /** Records what was done with a change of a property. */
  public void record(String property, String result, String change) {
    var other = results.putIfAbsent(property, result);
    changes.putIfAbsent(property, change);
    if (other != null && !other.equals(result)) {
      contradictions.add(property + " is " + other + " and " + result + ": " + change);
    }
  }

  /** Whether a change of this property is recorded. */
  public boolean isKnown(String property) {
    return results.containsKey(property);
  }

  /** What was done with each property. */
  public Map<String, String> results() {
    return results;
  }

  /** Counts the properties with this result. */
  public long count(String result) {
    return results.values().stream().filter(result::equals).count();
  }

  /** Counts the kinds of objects, with one of which each property's name begins. */
  public long kinds() {
    return results.keySet().stream()
        .map(each -> each.replaceFirst("[ .][^ .]*$", ""))
        .distinct()
        .count();
  }

  /** Says where results contradict each other or the page. */
  public List<String> contradictions(UnaryOperator<String> expected) {
    var all = new ArrayList<>(contradictions);
    results.forEach(
        (property, result) -> {
          var said = expected.apply(property);
          if (!result.equals(said)) {
            all.add(
                "%s is %s, the page says %s: %s"
                    .formatted(property, result, said, changes.get(property)));
          }
        });
    return all;
  }
}
