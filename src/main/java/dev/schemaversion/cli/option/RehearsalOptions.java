package dev.schemaversion.cli.option;

import dev.schemaversion.api.v1alpha1.LimitsSpec;
import dev.schemaversion.api.v1alpha1.RehearsalSpec;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How the pending migrations are rehearsed. Fields that are not set are null. */
public final class RehearsalOptions {
  /** As the CRD has them for the two fields. */
  private static final Pattern COPIED = Pattern.compile("[1-9][0-9]{0,3}(Mi|Gi)");

  private static final Pattern REWRITTEN = Pattern.compile("[1-9][0-9]{0,5}(Ki|Mi|Gi|Ti|k|M|G|T)");

  @Option(
      names = "--rows",
      description =
          "Copies the rows of the database into the clone, so that the migrations meet real data.")
  boolean rows;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      split = ",",
      description = "With --rows, a table whose rows are copied; by default all. Can be repeated.")
  List<String> tables;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      description = "With --rows, how large these tables may be together. Defaults to 1Gi.")
  String maxSize;

  @Option(
      names = "--max-rewrite",
      paramLabel = "SIZE",
      description =
          "The size of the largest table that a migration may rewrite, as in"
              + " spec.job.limits.rewrite.")
  String rewrite;

  private static void failUnlessSize(String option, String text, Pattern size) {
    if (text != null && !size.matcher(text).matches()) {
      throw new UsageError("%s is a size such as 500Mi or 20Gi, not “%s”.".formatted(option, text));
    }
  }

  /** Returns the rehearsal with these options over that of a manifest, which may be null. */
  RehearsalSpec over(RehearsalSpec given) {
    if (!rows && (tables != null || maxSize != null)) {
      throw new UsageError("--table and --max-size need --rows.");
    }
    failUnlessSize("--max-size", maxSize, COPIED);
    return rows ? new RehearsalSpec(RehearsalSpec.Mode.Rows, tables, maxSize) : given;
  }

  /** Returns the limits with these options over those of a manifest, which may be null. */
  LimitsSpec over(LimitsSpec given) {
    if (rewrite == null) {
      return given;
    }
    failUnlessSize("--max-rewrite", rewrite, REWRITTEN);
    return given == null
        ? new LimitsSpec(null, null, null, rewrite)
        : new LimitsSpec(given.run(), given.lockWait(), given.statement(), rewrite);
  }
}
