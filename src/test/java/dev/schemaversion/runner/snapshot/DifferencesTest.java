package dev.schemaversion.runner.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One small case for each kind of object and each kind of difference, with exactly one difference.
 */
class DifferencesTest {
  private static final Scope SCOPE = Scope.of("public", "sales", "a", "a.b");
  private static final Map<Server, Connection> DATABASES = new EnumMap<>(Server.class);

  static Stream<Arguments> cases() {
    return Arrays.stream(Server.values())
        .flatMap(
            server ->
                DifferenceCase.all()
                    .filter(c -> c.isFor(server))
                    .map(c -> Arguments.of(server, c)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("cases")
  void theChangeIsTheOnlyDifference(Server server, DifferenceCase c) throws SQLException {
    try (var sandbox = new Sandbox(database(server))) {
      var before = sandbox.execute(c.before()).snapshot(SCOPE);
      var after = sandbox.execute(c.change()).snapshot(SCOPE);

      assertThat(printed(before, after)).isEqualTo(c.differences());
      assertThat(Comparison.changes(after, before).isEmpty()).isEqualTo(c.differences().isEmpty());
      assertThat(after.fingerprint().equals(before.fingerprint()))
          .isEqualTo(c.differences().isEmpty());
      assertThat(Comparison.of(after, after).isEqual()).isTrue();
    }
  }

  @Test
  void everyKindOfObjectHasACase() {
    var printed =
        Stream.concat(DifferenceCase.all(), DifferenceCase.mariaDb())
            .map(DifferenceCase::differences)
            .collect(Collectors.joining("\n"));

    // Settings are those of a whole database: DatabaseSettingsTest.
    assertThat(EnumSet.complementOf(EnumSet.of(Kind.SETTING)))
        .allSatisfy(kind -> assertThat(printed).containsPattern("(?m)^\\(?[-+~!] " + kind + " "));
  }

  /** The differences that count, and then those that are only noted, in parentheses. */
  private static String printed(Snapshot before, Snapshot after) {
    var comparison = Comparison.of(before, after);
    return Stream.concat(
            comparison.differences().stream().map(Difference::toString),
            comparison.notes().stream().map(note -> "(" + note + ")"))
        .collect(Collectors.joining("\n"));
  }

  private static Connection database(Server server) throws SQLException {
    if (!DATABASES.containsKey(server)) {
      DATABASES.put(server, server.fresh());
    }
    return DATABASES.get(server);
  }

  @AfterAll
  static void close() throws SQLException {
    for (var database : DATABASES.entrySet()) {
      new SnapshotDatabase(database.getKey(), database.getValue()).close();
    }
    DATABASES.clear();
  }
}
