package dev.schemaversion.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final Map<String, String> EXAMPLES = examples();

  private static Map<String, String> examples() {
    var examples = new TreeMap<String, String>();
    IntStream.rangeClosed(1, 13)
        .forEach(v -> examples.put("V%03d__of.sql".formatted(v), "-- " + v));
    return examples;
  }

  @Test
  void anEarlierReleaseHasTheFirstMigrationsAndTheEarlierProgram() {
    var release = Release.at(9, EXAMPLES);

    assertThat(release.migrations()).hasSize(9).doesNotContainKey("V010__of.sql");
    assertThat(release.program()).isEqualTo("diablo");
  }

  @Test
  void aLaterReleaseHasTheExamplesAndAsManyMoreAsItTakes() {
    var release = Release.at(300, EXAMPLES);

    assertThat(release.migrations())
        .hasSize(300)
        .containsAllEntriesOf(EXAMPLES)
        .containsEntry("V016__change.sql", "INSERT INTO table_0 (name) VALUES ('one');\n");
    assertThat(release.migrations().get("V014__change.sql")).startsWith("CREATE TABLE table_0");
    assertThat(release.migrations().get("V300__change.sql")).contains("table_95");
    assertThat(release.program()).isEqualTo("essex");
    assertThat(Release.at(300, EXAMPLES)).isEqualTo(release);
  }
}
