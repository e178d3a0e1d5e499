package dev.schemaversion.cli.kubectl.view;

import dev.schemaversion.api.v1alpha1.SchemaVersionStatus.ProgressStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says what a running Job does. */
public final class ProgressText {
  private ProgressText() {}

  /** Returns a few words on each: what it does since when, which script, and for whom it waits. */
  public static List<String> of(ProgressStatus progress, Instant now) {
    var words = new ArrayList<String>();
    words.add(
        "%s for %s"
            .formatted(
                Objects.toString(progress.activity(), "?"), Age.since(progress.since(), now)));
    if (progress.script() != null && progress.scripts() != null) {
      words.add("script %d of %d".formatted(progress.script(), progress.scripts()));
    }
    if (progress.waitingFor() != null) {
      words.add("waits for " + progress.waitingFor());
    }
    return words;
  }
}
