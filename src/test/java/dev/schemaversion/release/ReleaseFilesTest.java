package dev.schemaversion.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** deploy/release/set-version writes a release's version and image, and nothing else. */
class ReleaseFilesTest {
  private static final String IMAGE = "ghcr.io/example/schemaversion-operator";
  private static final List<Path> COPIED =
      List.of(
          Path.of("charts"),
          Path.of("deploy", "base"),
          Path.of("deploy", "release"),
          Path.of("docs"),
          Path.of("CHANGELOG.md"),
          Path.of("pom.xml"));

  @TempDir Path copy;

  @BeforeEach
  void copyTheRepository() throws IOException {
    for (var folder : COPIED) {
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          Files.createDirectories(copy.resolve(file).getParent());
          Files.copy(file, copy.resolve(file));
        }
      }
    }
  }

  @Test
  void theCommittedFilesAreThoseOfDevelopment() throws Exception {
    var before = files();

    setVersion("0.1.0-SNAPSHOT").orThrow();

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aReleaseHasItsVersionAndImageInEachPlace() throws Exception {
    var before = files();

    setVersion("1.2.0-rc.1", IMAGE, "2026-12-24").orThrow();

    assertThat(changes(before))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "CHANGELOG.md",
                List.of("## [1.2.0-rc.1] - 2026-12-24"),
                "charts/schemaversion-operator/Chart.yaml",
                List.of(
                    "version: 1.2.0-rc.1",
                    "appVersion: 1.2.0-rc.1",
                    "  artifacthub.io/prerelease: \"true\"",
                    "      image: " + IMAGE + ":1.2.0-rc.1"),
                "charts/schemaversion-operator/README.md",
                List.of(row()),
                "charts/schemaversion-operator/values.yaml",
                List.of("  repository: " + IMAGE, "  tag: 1.2.0-rc.1"),
                "deploy/base/kustomization.yaml",
                List.of("    newName: " + IMAGE, "    newTag: 1.2.0-rc.1"),
                "docs/operate.md",
                List.of(row()),
                "pom.xml",
                List.of("  <version>1.2.0-rc.1</version>")));
  }

  private static String row() {
    return "| `image.repository`<br>`image.tag` | string<br>string | `%s`<br>`1.2.0-rc.1` | The image of operator and Jobs. |"
        .formatted(IMAGE);
  }

  @Test
  void doingItTwiceChangesNothingMore() throws Exception {
    setVersion("1.2.0", IMAGE, "2026-12-24").orThrow();
    var once = files();

    setVersion("1.2.0", IMAGE).orThrow();

    assertThat(files()).isEqualTo(once);
  }

  @Test
  void developmentGoesOnWithTheImageOfTheTests() throws Exception {
    var before = files();
    setVersion("0.1.0", IMAGE, "2026-12-24").orThrow();

    setVersion("0.1.0-SNAPSHOT").orThrow();

    assertThat(changes(before))
        .containsExactly(Map.entry("CHANGELOG.md", List.of("## [0.1.0] - 2026-12-24")));
  }

  @Test
  void theManifestForKrewGetsTheVersion() throws Exception {
    var manifest = Files.createDirectories(copy.resolve("deploy/krew")).resolve("plugin.yaml");
    Files.writeString(
        manifest,
        """
        apiVersion: krew.googlecontainertools.github.com/v1alpha2
        spec:
          version: v0.0.0
          platforms:
            - uri: https://github.com/example/x/releases/download/v0.0.0/schemaversion-cli-0.0.0.zip
        """);

    setVersion("1.2.0", IMAGE).orThrow();

    assertThat(manifest)
        .content()
        .contains(
            "\n  version: v1.2.0\n", "/releases/download/v1.2.0/schemaversion-cli-1.2.0.zip\n")
        .doesNotContain("0.0.0");
  }

  @Test
  void theNotesAreTheVersionsPartOfTheChangelog() throws Exception {
    setVersion("1.2.0", IMAGE).orThrow();

    var notes = run("deploy/release/notes", "1.2.0").orThrow();

    assertThat(notes).contains("### Added").doesNotContain("## [");
    var missing = run("deploy/release/notes", "1.3.0");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.output()).contains("has no part \"## [1.3.0]\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1.2.0 ghcr.io/example/x | "v1.2.0" is no version
          1.2 ghcr.io/example/x | "1.2" is no version
          01.2.0 ghcr.io/example/x | "01.2.0" is no version
          1.2.0 ghcr.io/Example/x | "ghcr.io/Example/x" is no repository
          1.2.0 ghcr.io/example/x:1 | "ghcr.io/example/x:1" is no repository
          1.2.0 x | "x" is no repository
          1.2.0 ghcr.io/example/x today | "today" is no date
          1.2.0 | usage: set-version VERSION REPOSITORY
          1.2.0-SNAPSHOT ghcr.io/example/x | usage: set-version VERSION REPOSITORY
          """)
  void anInvalidArgumentChangesNothing(String arguments, String message) throws Exception {
    var before = files();

    var result = setVersion(arguments.split(" ", -1));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains(message);
    assertThat(files()).isEqualTo(before);
  }

  private Script.Result setVersion(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("deploy/release/set-version"));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private Script.Result run(String... command) throws Exception {
    command[0] = copy.resolve(command[0]).toString();
    return Script.run(copy, "", Map.of(), command);
  }

  private Map<String, String> files() throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.walk(copy)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        // Each byte is a character, because some files are pictures.
        contents.put(
            copy.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  /** The new lines of each file that has changed; empty ones are left out. */
  private Map<String, List<String>> changes(Map<String, String> before) throws IOException {
    var changes = new TreeMap<String, List<String>>();
    files()
        .forEach(
            (file, text) -> {
              var old = before.getOrDefault(file, "").lines().toList();
              var added = text.lines().filter(line -> !old.contains(line)).toList();
              if (!text.equals(before.get(file))) {
                changes.put(file, added);
              }
            });
    return changes;
  }
}
