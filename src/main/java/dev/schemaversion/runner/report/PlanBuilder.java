package dev.schemaversion.runner.report;

import dev.schemaversion.contract.Plan;
import dev.schemaversion.contract.Sha256;
import dev.schemaversion.runner.proof.PendingMigration;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what pending migrations do, from what they did in the rehearsal. */
public final class PlanBuilder {
  private static final int NAMED = 10;

  /** Takes something away that migrations cannot bring back. */
  private static final Pattern DESTRUCTIVE =
      Pattern.compile(
          "(?:DROP\\s+(?:TABLE|SCHEMA|DATABASE|SEQUENCE|MATERIALIZED\\s+VIEW|EXTENSION|OWNED)"
              + "|TRUNCATE|DELETE)\\b.*|ALTER\\s+TABLE\\b.*\\bDROP\\s+(?:COLUMN\\b)?(?!CONSTRAINT"
              + "|DEFAULT|NOT\\b|IDENTITY|EXPRESSION).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private PlanBuilder() {}

  /**
   * The plan.
   *
   * @param from the present version as users read it, or null
   * @param before the real schema as it is
   * @param after the schema after the migrations
   * @param adopted see {@link Plan#adopted}
   */
  public static Plan of(
      String from,
      String to,
      List<PendingMigration> pending,
      Snapshot before,
      Snapshot after,
      List<String> adopted) {
    var files = pending.stream().map(PendingMigration::name).toList();
    int statements = 0;
    var destructive = new ArrayList<String>();
    for (var migration : pending) {
      for (var statement : migration.statements()) {
        statements++;
        if (DESTRUCTIVE.matcher(statement).matches()) {
          destructive.add(migration.name() + ": " + StatementText.brief(statement));
        }
      }
    }
    // What is missing afterwards goes, and what is unexpected appears.
    var changes = Comparison.changes(before, after);
    var digest =
        Sha256.ofLines(
            Stream.of(
                    Stream.of(String.valueOf(from), to, before.fingerprint()),
                    pending.stream().map(each -> each.name() + " " + each.checksum()),
                    changes.stream().map(Difference::normalised))
                .flatMap(lines -> lines));
    return new Plan(
        "sha256:" + digest,
        from,
        to,
        firsts(files),
        files.size(),
        statements,
        count(changes, Difference.Unexpected.class),
        count(changes, Difference.Different.class) + count(changes, Difference.Renamed.class),
        count(changes, Difference.Missing.class),
        firsts(changes.stream().map(Difference::toString).toList()),
        destructive.isEmpty() ? null : firsts(destructive),
        adopted);
  }

  private static int count(List<Difference> changes, Class<? extends Difference> type) {
    return Math.toIntExact(changes.stream().filter(type::isInstance).count());
  }

  private static List<String> firsts(List<String> all) {
    if (all.size() <= NAMED) {
      return all;
    }
    return Stream.concat(
            all.stream().limit(NAMED), Stream.of("and " + (all.size() - NAMED) + " more"))
        .toList();
  }
}
