package dev.schemaversion.e2e.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A cell of the gate matrix: a workload in a situation. */
record Cell(Kind kind, Order order, OperatorIs operator, Need need) {
  /** Returns all cells. */
  static List<Cell> all() {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> Arrays.stream(Order.values()).flatMap(order -> with(kind, order)))
        .toList();
  }

  private static Stream<Cell> with(Kind kind, Order order) {
    return Arrays.stream(OperatorIs.values())
        .flatMap(
            operator ->
                Arrays.stream(Need.values()).map(need -> new Cell(kind, order, operator, need)));
  }

  /** Returns the workload's name. */
  String workload() {
    return kind.name(need);
  }

  @Override
  public String toString() {
    return "%s, %s, operator %s, %s"
        .formatted(
            kind,
            order,
            operator,
            need == Need.SATISFIED ? "satisfied: starts" : "not: never starts");
  }
}
