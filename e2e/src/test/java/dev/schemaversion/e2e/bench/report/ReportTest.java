package dev.schemaversion.e2e.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void aScenarioThatIsNotMeasuredAgainKeepsItsFigures() throws IOException {
    Report.in(folder).put("new", Some.scenario());
    Report.in(folder).put("new-again", Some.again());

    assertThat(Report.in(folder).scenarios())
        .containsEntry("new", Some.scenario())
        .containsEntry("new-again", Some.again());
    assertThat(folder.resolve("bench.md"))
        .content()
        .contains(
            "## A new database\n\n2026-12-01, 2 cores, 24 GiB, Kubernetes v1.36.3, Debian.\n\n| way |")
        .contains("### Always < all")
        .contains("## Again");
    assertThat(folder.resolve("bench.svg")).content().contains("A new database");
  }
}
