package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.command.Mark.Column;
import dev.schemaversion.runner.command.Mark.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the tool has recorded, and when two databases have recorded the same. */
class MarkTest {
  private static final List<Column> COLUMNS =
      List.of(new Column("id", true), new Column("name", false), new Column("host", false));

  /** Rows with the values of the columns, and - for NULL. */
  private static Mark mark(String... rows) {
    return new Mark(
        List.of(new Table("history", COLUMNS, Arrays.stream(rows).map(MarkTest::values).toList())));
  }

  private static List<String> values(String row) {
    return Arrays.stream(row.split(" ")).map(value -> value.equals("-") ? null : value).toList();
  }

  @Test
  void theOrderOfRowsAndWhatIsIncidentalDoNotCount() {
    var one = mark("1 a h", "2 b h");
    var other = mark("7 b h", "9 a h");

    assertThat(one.says(other, Set.of())).isTrue();
    assertThat(one.digest()).isNotEqualTo(other.digest());
  }

  @Test
  void aRowMoreOrOnceMoreOrAnotherValueCounts() {
    var one = mark("1 a h");

    assertThat(one.says(mark("1 a h", "2 b h"), Set.of())).isFalse();
    assertThat(one.says(mark("1 a h", "2 a h"), Set.of())).isFalse();
    assertThat(one.says(mark("1 b h"), Set.of())).isFalse();
    assertThat(one.says(mark("1 - h"), Set.of())).isFalse();
    assertThat(one.says(mark(), Set.of())).isFalse();
    assertThat(one.says(new Mark(List.of()), Set.of())).isFalse();
  }

  @Test
  void aValueThatDiffersEachTimeIsFoundAndDoesNotCount() {
    var one = mark("1 a one");
    var again = mark("1 a other");

    var columns = one.volatileColumns(again);

    assertThat(columns).containsExactly("history.host");
    assertThat(one.says(again, columns)).isTrue();
  }

  @Test
  void aColumnThatOnlyOneReleaseOfTheToolHasDoesNotCount() {
    var older =
        new Mark(List.of(new Table("history", COLUMNS.subList(0, 2), List.of(List.of("1", "a")))));

    assertThat(older.says(mark("1 a h"), Set.of())).isTrue();
  }

  @Test
  void whatIsBeyondAnotherMarkIsNamedAndBounded() {
    var known = mark("1 a h");
    var more = mark("1 a h", "2 b h", "3 it's h", "4 c h", "5 d h");

    assertThat(more.rowsBeyond(known, Set.of("history.host")))
        .isEqualTo("history: name='b'; history: name='c'; history: name='d'; and 1 more");
    assertThat(more.isEmpty()).isFalse();
    assertThat(mark().isEmpty()).isTrue();
  }
}
