package dev.schemaversion.cli.kubectl.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.cli.kubectl.adopt.MigrationFiles.MigrationFile;
import dev.schemaversion.cli.kubectl.cluster.Failure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of migrations becomes ConfigMaps. */
class MigrationFilesTest {
  @TempDir Path folder;

  @Test
  void filesAreInTheOrderOfTheirVersions() throws IOException {
    files(
        "V10__j.sql", "V2__b.sql", "V1.1__a.sql", "V001__z.sql", "R__views.sql", "V2__b.sql.conf");
    files("README.md", ".V3__hidden.sql", "V4__later.sql.bak");

    var migrations = MigrationFiles.of(folder);

    assertThat(migrations.files())
        .extracting(MigrationFile::name)
        .containsExactly(
            "V001__z.sql",
            "V1.1__a.sql",
            "V2__b.sql",
            "V10__j.sql",
            "R__views.sql",
            "V2__b.sql.conf");
    assertThat(migrations.highestVersion()).isEqualTo("10");
  }

  @Test
  void theHighestVersionHasDotsAndNoLeadingZeros() throws IOException {
    files("V001_02__a.sql", "V1.1__b.sql");

    assertThat(MigrationFiles.of(folder).highestVersion()).isEqualTo("1.2");
  }

  @Test
  void whatNoResourceCouldWantIsNoVersion() throws IOException {
    files("V1__a.sql", "V99999999999999999999__too_long.sql", "Vx__none.sql");

    var migrations = MigrationFiles.of(folder);

    assertThat(migrations.files()).first().extracting(MigrationFile::name).isEqualTo("V1__a.sql");
    assertThat(migrations.highestVersion()).isEqualTo("1");
  }

  @Test
  void aFolderWithoutMigrationsIsRefused() throws IOException {
    files("R__views.sql");

    assertThatThrownBy(() -> MigrationFiles.of(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no migration")
        .hasMessageContaining("--migrations");
  }

  @Test
  void aFolderThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> MigrationFiles.of(folder.resolve("none")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void subfoldersNeedAnImage() throws IOException {
    Files.createDirectory(folder.resolve("postgres"));
    files("postgres/V1__a.sql");

    assertThatThrownBy(() -> MigrationFiles.of(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("postgres/V1__a.sql is in a subfolder")
        .hasMessageContaining("spec.migrations.image");
  }

  @Test
  void oneConfigMapHasNoNumber() {
    assertThat(configMaps(1000))
        .extracting(each -> each.getMetadata().getName())
        .containsExactly("shop-migrations");
  }

  @Test
  void severalConfigMapsAreEachBelowTheLimitAndKeepTheOrder() {
    int half = MigrationConfigMaps.MAX_BYTES / 2;

    var configMaps = configMaps(half, half, 10, half);

    assertThat(configMaps)
        .extracting(each -> each.getMetadata().getName())
        .containsExactly("shop-migrations-1", "shop-migrations-2", "shop-migrations-3");
    assertThat(configMaps)
        .allSatisfy(
            each ->
                assertThat(each.getData().values().stream().mapToInt(String::length).sum())
                    .isLessThanOrEqualTo(MigrationConfigMaps.MAX_BYTES));
    assertThat(configMaps)
        .flatExtracting(each -> each.getData().keySet())
        .containsExactly("V1__a.sql", "V2__a.sql", "V3__a.sql", "V4__a.sql");
  }

  @Test
  void aFileThatIsTooLargeNeedsAnImage() {
    assertThatThrownBy(() -> configMaps(MigrationConfigMaps.MAX_BYTES))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("V1__a.sql has 1024000 bytes")
        .hasMessageContaining("spec.migrations.image");
  }

  @Test
  void moreConfigMapsThanAResourceMayNameNeedAnImage() {
    var sizes =
        IntStream.generate(() -> MigrationConfigMaps.MAX_BYTES - 100)
            .limit(MigrationConfigMaps.MAX_CONFIG_MAPS + 1)
            .toArray();

    assertThatThrownBy(() -> configMaps(sizes))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("need 21 ConfigMaps");
  }

  @Test
  void aFileThatIsNotUtf8IsBinaryData() {
    var latin = "-- é".getBytes(StandardCharsets.ISO_8859_1);

    var configMap =
        MigrationConfigMaps.of(
                new MigrationFiles(List.of(MigrationFile.of("V1__a.sql", latin))), "shop", "shop")
            .getFirst();

    assertThat(configMap.getData()).isEmpty();
    assertThat(configMap.getBinaryData()).containsEntry("V1__a.sql", "LS0g6Q==");
  }

  private static List<ConfigMap> configMaps(int... sizes) {
    var files =
        IntStream.range(0, sizes.length)
            .mapToObj(
                i ->
                    MigrationFile.of(
                        "V%d__a.sql".formatted(i + 1),
                        "x".repeat(sizes[i]).getBytes(StandardCharsets.UTF_8)))
            .toList();
    return MigrationConfigMaps.of(new MigrationFiles(files), "shop", "shop-migrations");
  }

  private void files(String... names) throws IOException {
    for (var name : names) {
      Files.writeString(folder.resolve(name), "SELECT 1;\n");
    }
  }
}
