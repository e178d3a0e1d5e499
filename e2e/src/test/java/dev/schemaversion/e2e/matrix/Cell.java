package dev.schemaversion.e2e.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One workload in one situation. */
record Cell(Kind kind, Order order, OperatorIs operator, Need need) {
  /** All of them. */
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

  /** The workload's name, in the namespace of order and operator. */
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
