package dev.schemaversion.runner.snapshot.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.ComparedProperties.State;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.SnapshotDatabase;
import dev.schemaversion.runner.snapshot.SnapshotReader;
import dev.schemaversion.testing.Postgres18;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A database whose catalog is changed, and which is then compared with what it was. */
final class MutationBench {
  private static final Scope SCOPE = Scope.of("public", "app");

  private final SnapshotDatabase database;
  private final State before;
  private final String dump;

  MutationBench(SnapshotDatabase database) throws SQLException, IOException {
    this.database = database;
    var reader = new SnapshotReader(database.connection(), SCOPE);
    this.before = new State(reader.readAlone(), reader.notes());
    this.dump = dump().orElseThrow();
  }

  /** Says what a proof does with the change, whether it is expected or found. */
  String treatment() throws SQLException {
    var reader = new SnapshotReader(database.connection(), SCOPE);
    var after = new State(reader.readAlone(), before.notes());
    var more = before.treatmentOf(after);
    var less = after.treatmentOf(before);
    if (!more.equals(less)) {
      return "must be there";
    }
    return more.equals("left out")
        ? before.treatmentOf(new State(after.schema(), reader.notes()))
        : more;
  }

  /** Whether a dump writes the change; no if none of such a catalog can be made. */
  boolean isDumped() throws SQLException, IOException {
    return dump().filter(now -> !now.equals(dump)).isPresent();
  }

  void assertUnchanged() throws SQLException, IOException {
    assertThat(treatment()).isEqualTo("left out");
    assertThat(dump()).contains(dump);
  }

  /** A dump names parents in the order of the catalog's rows, which changes with each UPDATE. */
  private static String withoutOrder(String dump) {
    return Pattern.compile("(?<=^INHERITS \\()[^)]*", Pattern.MULTILINE)
        .matcher(dump)
        .replaceAll(
            parents ->
                Matcher.quoteReplacement(
                    Arrays.stream(parents.group().split(", ")).sorted().toList().toString()));
  }

  private Optional<String> dump() throws SQLException, IOException {
    var process =
        new ProcessBuilder(
                List.of(
                    Postgres18.programs().resolve("pg_dump").toString(),
                    "--schema-only",
                    "--host=localhost",
                    "--port=" + database.server().port(),
                    "--username=postgres",
                    database.name()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var stream = process.getInputStream()) {
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      // the key of a dump is random
      var lines = text.lines().filter(line -> !line.matches("\\\\(un)?restrict .*"));
      return process.waitFor() == 0
          ? Optional.of(withoutOrder(lines.collect(Collectors.joining("\n"))))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
