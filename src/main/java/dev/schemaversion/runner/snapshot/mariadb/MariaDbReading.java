package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the result of one reading.
 *
 * @param lines the objects that count
 * @param notes what is reported but does not count
 */
record MariaDbReading(List<Line> lines, List<String> notes) {
  MariaDbReading() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  void add(Kind kind, String name, String definition) {
    lines.add(new Line(kind, "", name, definition, ""));
  }
}
