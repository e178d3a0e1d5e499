package dev.schemaversion.runner.snapshot.mariadb;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * What one reading has found so far.
 *
 * @param lines what counts
 * @param notes what is only told
 */
record MariaDbReading(List<Line> lines, List<String> notes) {
  MariaDbReading() {
    this(new ArrayList<>(), new ArrayList<>());
  }

  void add(Kind kind, String name, String definition) {
    lines.add(new Line(kind, "", name, definition, ""));
  }
}
