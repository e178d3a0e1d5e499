package dev.schemaversion.runner.flyway.sets;

import dev.schemaversion.contract.request.FlywaySettings;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A set of migrations with its options, as a project has it at some points in time.
 *
 * @param stops what was there when the database was migrated, in order
 */
record MigrationSet(TestedEngine engine, FlywaySettings options, List<Stop> stops) {

  /**
   * One migration of the database.
   *
   * @param target the version up to which it goes
   * @param files the files by name
   */
  record Stop(String target, SortedMap<String, byte[]> files) {
    private Stop without(String file) {
      var less = new TreeMap<>(files);
      less.remove(file);
      return new Stop(target, less);
    }
  }

  /** The encoding of its files. */
  Charset charset() {
    return charset(options);
  }

  static Charset charset(FlywaySettings options) {
    return Charset.forName(
        Objects.requireNonNullElse(
            options.optionsOrDefault().encoding(), StandardCharsets.UTF_8.name()));
  }

  /** The number of different files. */
  int files() {
    return names().size();
  }

  /** All sets that have one file or one stop less. */
  List<MigrationSet> smaller() {
    var smaller = new ArrayList<MigrationSet>();
    if (stops.size() > 1) {
      for (var stop : stops) {
        smaller.add(with(stops.stream().filter(each -> !each.equals(stop)).toList()));
      }
    }
    for (var name : names()) {
      smaller.add(with(stops.stream().map(stop -> stop.without(name)).toList()));
    }
    return smaller;
  }

  private MigrationSet with(List<Stop> fewer) {
    return new MigrationSet(engine, options, fewer);
  }

  private TreeSet<String> names() {
    var names = new TreeSet<String>();
    stops.forEach(stop -> names.addAll(stop.files().keySet()));
    return names;
  }

  /** All of it in words; a file that did not change since the last stop only by its name. */
  @Override
  public String toString() {
    var text = new StringBuilder(engine + ", " + options + "\n");
    var before = new TreeMap<String, byte[]>();
    for (var stop : stops) {
      text.append("==== migrated to ").append(stop.target()).append('\n');
      stop.files()
          .forEach(
              (name, content) -> {
                var same = Optional.ofNullable(before.put(name, content));
                text.append("---- ").append(name);
                if (same.filter(old -> old == content).isPresent()) {
                  text.append(" (as before)\n");
                } else {
                  text.append('\n').append(shown(content)).append('\n');
                }
              });
    }
    return text.toString();
  }

  private String shown(byte[] content) {
    return new String(content, charset()).replace("\r\n", "␍\n").replace("\uFEFF", "[BOM]");
  }
}
