package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import dev.schemaversion.testing.MariaDb;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Like {@link DifferencesTest}, on MariaDB or MySQL. */
class MariaDbDifferencesTest {
  static Stream<DifferenceCase> cases() {
    return DifferenceCase.mariaDb();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theChangeIsTheOnlyDifference(DifferenceCase c) throws SQLException {
    try (var connection = MariaDb.fresh().connect();
        var statement = connection.createStatement()) {
      var reader = new SnapshotReader(connection, Scope.of());
      statement.execute(c.before());
      var before = reader.read();
      statement.execute(c.change());
      var after = reader.read();

      var printed =
          Comparison.of(before, after).differences().stream()
              .map(Difference::toString)
              .collect(Collectors.joining("\n"));
      assertThat(printed).isEqualTo(c.differences());
      assertThat(Comparison.of(after, before).isEqual()).isEqualTo(c.differences().isEmpty());
      assertThat(after.fingerprint().equals(before.fingerprint()))
          .isEqualTo(c.differences().isEmpty());
      assertThat(Comparison.of(after, after).isEqual()).isTrue();
    }
  }
}
