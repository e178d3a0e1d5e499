package dev.schemaversion.e2e.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Prints the results of the fault matrix as a table. */
record Table(List<Findings> findings, Map<Cell, String> impossible) {
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    var cells = Cell.all();
    for (var engine : Engine.values()) {
      lines.add(engine + ": the number of Jobs until all was as wanted");
      lines.add(row("", Arrays.stream(Step.values()).map(Step::toString).toList()));
      for (var fault : Fault.values()) {
        if (cells.stream().noneMatch(cell -> cell.engine() == engine && cell.fault() == fault)) {
          continue;
        }
        lines.add(
            row(
                fault.toString(),
                Arrays.stream(Step.values())
                    .map(step -> new Cell(engine, step, fault))
                    .map(cell -> cells.contains(cell) ? word(cell) : "")
                    .toList()));
      }
    }
    lines.add("-: cannot be; .: not run this time; !: see the failures");
    for (var why : new TreeSet<>(impossible.values())) {
      lines.add("- %s: %s".formatted(why, faults(why)));
    }
    findings.forEach(found -> lines.add(found.toString()));
    lines.add(
        "%d cells: %d cannot be, %d run, of which %d failed; %d migrations ran, each exactly once; %d programs started, none too early"
            .formatted(
                cells.size(),
                impossible.size(),
                findings.size(),
                findings.stream().filter(found -> !found.problems().isEmpty()).count(),
                findings.stream().mapToInt(Findings::migrations).sum(),
                findings.stream().mapToInt(Findings::programs).sum()));
    return String.join("\n", lines);
  }

  private String faults(String why) {
    return impossible.entrySet().stream()
        .filter(entry -> entry.getValue().equals(why))
        .map(entry -> entry.getKey().fault().toString())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String word(Cell cell) {
    if (impossible.containsKey(cell)) {
      return "-";
    }
    return findings.stream()
        .filter(found -> found.cell().equals(cell))
        .map(found -> found.problems().isEmpty() ? "" + found.operations().size() : "!")
        .findFirst()
        .orElse(".");
  }

  private static String row(String head, List<String> columns) {
    return "%-21s".formatted(head)
        + columns.stream().map("%20s"::formatted).collect(Collectors.joining());
  }
}
