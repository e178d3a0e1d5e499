package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** How often is read, and when that is given up. */
class StableReadTest {
  @Test
  void twoEqualReadingsSuffice() throws SQLException {
    var rest = readings("a", "a", "b");

    assertThat(StableRead.of(() -> next(rest))).isEqualTo("a");
    assertThat(rest).containsExactly("b");
  }

  @Test
  void theLastTwoOfFiveReadingsCanAgree() throws SQLException {
    var rest = readings("a", "b", "a", "c", "c");

    assertThat(StableRead.of(() -> next(rest))).isEqualTo("c");
  }

  @Test
  void equalReadingsAroundAnInconsistentOneDoNotSuffice() throws SQLException {
    var rest = readings("a", "torn", "a", "a");

    assertThat(StableRead.of(() -> next(rest))).isEqualTo("a");
    assertThat(rest).isEmpty();
  }

  @Test
  void fiveDifferentReadingsFailAsBusy() {
    var rest = readings("a", "b", "a", "torn", "a", "a");

    assertThatThrownBy(() -> StableRead.of(() -> next(rest)))
        .isInstanceOf(SchemaBusy.class)
        .hasMessageContaining("5 readings")
        .hasMessageContaining("last error: torn");
    assertThat(rest).containsExactly("a");
  }

  private static Queue<String> readings(String... all) {
    return new ArrayDeque<>(List.of(all));
  }

  private static String next(Queue<String> readings) throws InconsistentRead {
    var next = readings.remove();
    if (next.equals("torn")) {
      throw new InconsistentRead(next, null);
    }
    return next;
  }
}
