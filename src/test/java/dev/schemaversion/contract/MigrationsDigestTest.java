package dev.schemaversion.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationsDigestTest {
  private static final Map<String, byte[]> ONE = Map.of("V1__a.sql", utf8("SELECT 1"));
  private static final Map<String, byte[]> TWO = Map.of("V2__b.sql", utf8("SELECT 2"));

  @Test
  void isIndependentOfTheOrderOfFiles() {
    var forth = new LinkedHashMap<>(ONE);
    forth.putAll(TWO);
    var back = new LinkedHashMap<>(TWO);
    back.putAll(ONE);

    assertThat(MigrationsDigest.ofSource(forth)).isEqualTo(MigrationsDigest.ofSource(back));
  }

  @Test
  void staysTheSameFromReleaseToRelease() {
    // What Jobs and status have recorded must go on to be valid after an upgrade.
    assertThat(MigrationsDigest.ofSources(List.of(MigrationsDigest.ofSource(ONE))))
        .isEqualTo("sha256:3529bb37fc985a8fc9c9d6481fe1262fda4da289c941b1020b000a29218d0ff2");
  }

  @Test
  void changesWithAName() {
    assertThat(MigrationsDigest.ofSource(Map.of("V2__a.sql", utf8("SELECT 1"))))
        .isNotEqualTo(MigrationsDigest.ofSource(ONE));
  }

  @Test
  void changesWithOneByte() {
    assertThat(MigrationsDigest.ofSource(Map.of("V1__a.sql", utf8("SELECT 2"))))
        .isNotEqualTo(MigrationsDigest.ofSource(ONE));
  }

  @Test
  void separatesNameAndContent() {
    assertThat(MigrationsDigest.ofSource(Map.of("ab", utf8("c"))))
        .isNotEqualTo(MigrationsDigest.ofSource(Map.of("a", utf8("bc"))));
  }

  @Test
  void changesWithTheOrderAndTheDistributionOfFiles() {
    var one = MigrationsDigest.ofSource(ONE);
    var two = MigrationsDigest.ofSource(TWO);
    var both = new LinkedHashMap<>(ONE);
    both.putAll(TWO);

    assertThat(
            List.of(
                MigrationsDigest.ofSources(List.of(one, two)),
                MigrationsDigest.ofSources(List.of(two, one)),
                MigrationsDigest.ofSources(List.of(MigrationsDigest.ofSource(both))),
                MigrationsDigest.ofSources(List.of(one)),
                MigrationsDigest.ofSources(List.of())))
        .doesNotHaveDuplicates()
        .allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
