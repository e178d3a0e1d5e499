package dev.schemaversion.runner.impact;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.contract.TableLocks;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessages;
import dev.schemaversion.runner.impact.Hint.Work;
import dev.schemaversion.runner.report.ByteSize;
import dev.schemaversion.runner.report.RunContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Says what the rehearsed scripts will do to the tables of the real database. */
public final class ImpactReport {
  private static final int NAMED = 10;

  private final RunContext run;

  public ImpactReport(RunContext run) {
    this.run = run;
  }

  /**
   * Logs and reports what was observed.
   *
   * @throws RunFailure {@link Outcome#REWRITE_TOO_LARGE} if a table is larger than the limit
   */
  public void publish(ImpactRecorder recorder) {
    var advice = recorder.advice();
    var impacts = measured(recorder.scripts());
    for (var impact : impacts) {
      run.log()
          .line(
              (impact.isWarning() ? "warning: " : "note: ")
                  + impact
                  + (impact.isWarning() ? ". Instead: " + impact.instead() : ""));
    }
    advice.forEach(each -> run.log().line("note: " + each));
    if (recorder.failure() != null) {
      run.log()
          .line(
              "locks and rewrites are not known completely: "
                  + SanitizedMessages.of(recorder.failure()));
    }
    var warnings = impacts.stream().filter(Impact::isWarning).map(Impact::toString).toList();
    var notes =
        Stream.concat(
                impacts.stream().filter(impact -> !impact.isWarning()).map(Impact::toString),
                advice.stream())
            .toList();
    if (!warnings.isEmpty() || !notes.isEmpty()) {
      run.report().locks(new TableLocks(firsts(warnings), firsts(notes)));
    }
    failIfTooLarge(impacts);
    failIfNotObserved(recorder.failure());
  }

  private void failIfNotObserved(SQLException failure) {
    if (failure != null && run.request().limitsOrDefault().rewrite() != null) {
      throw new RunFailure(
          Outcome.REHEARSAL_FAILED,
          "What the migrations rewrite could not be observed in the rehearsal, which"
              + " spec.job.limits.rewrite needs: "
              + SanitizedMessages.of(failure)
              + ". The database was not touched. Set the annotation schemaversion.dev/retry, or"
              + " remove that field.");
    }
  }

  private void failIfTooLarge(List<Impact> impacts) {
    var limit = run.request().limitsOrDefault().rewrite();
    if (limit == null) {
      return;
    }
    for (var impact : impacts) {
      if (impact.exceeds(limit)) {
        throw new RunFailure(
            Outcome.REWRITE_TOO_LARGE,
            impact
                + ". spec.job.limits.rewrite allows "
                + ByteSize.print(limit)
                + ". The database was not touched. Write the migration in steps: "
                + impact.instead()
                + ". Or raise or remove that field, when programs may wait that long.");
      }
    }
  }

  private List<Impact> measured(Map<String, List<Observation>> scripts) {
    var tables = new LinkedHashSet<TableName>();
    scripts.values().forEach(all -> all.forEach(each -> tables.add(each.table())));
    var sizes = sizes(tables);
    var impacts = new ArrayList<Impact>();
    scripts.forEach((script, all) -> impacts.addAll(of(script, all, sizes)));
    impacts.sort(Impact.WORST_FIRST);
    return impacts;
  }

  private Map<TableName, TableSize> sizes(Set<TableName> tables) {
    if (tables.isEmpty()) {
      return Map.of();
    }
    try {
      return run.engine().impact().sizes(run.session(), tables);
    } catch (SQLException e) {
      if (run.request().limitsOrDefault().rewrite() != null) {
        throw new RunFailure(
            Outcome.LOCK_TIMEOUT,
            "The sizes of the tables that the migrations lock cannot be read, which"
                + " spec.job.limits.rewrite needs: "
                + SanitizedMessages.of(e)
                + ". The database was not touched; the operator retries.");
      }
      run.log().line("the sizes of tables are not known: " + SanitizedMessages.of(e));
      return Map.of();
    }
  }

  private record Key(Hint hint, TableName root) {}

  private static List<Impact> of(
      String script, List<Observation> all, Map<TableName, TableSize> sizes) {
    var groups = new LinkedHashMap<Key, List<Observation>>();
    for (var each : all) {
      groups.computeIfAbsent(new Key(each.hint(), each.root()), any -> new ArrayList<>()).add(each);
    }
    // A table that is rewritten is locked, too.
    var worked = new LinkedHashSet<TableName>();
    groups.keySet().stream()
        .filter(key -> key.hint().work() != Work.LOCK)
        .forEach(key -> worked.add(key.root()));
    return groups.entrySet().stream()
        .filter(
            entry ->
                entry.getKey().hint().work() != Work.LOCK
                    || !worked.contains(entry.getKey().root()))
        .map(entry -> impact(script, entry.getKey(), entry.getValue(), sizes))
        .toList();
  }

  private static Impact impact(
      String script, Key key, List<Observation> seen, Map<TableName, TableSize> sizes) {
    var tables = new LinkedHashSet<TableName>();
    var lock = seen.getFirst().lock();
    for (var each : seen) {
      tables.add(each.table());
      lock = each.lock().blocks().compareTo(lock.blocks()) > 0 ? each.lock() : lock;
    }
    var size = tables.stream().map(sizes::get).filter(each -> each != null).reduce(TableSize::plus);
    var name = tables.size() == 1 ? tables.getFirst() : key.root();
    return new Impact(script, key.hint(), name, lock, size.orElse(null));
  }

  private static List<String> firsts(List<String> all) {
    if (all.isEmpty()) {
      return null;
    }
    return all.size() <= NAMED
        ? all
        : Stream.concat(
                all.stream().limit(NAMED), Stream.of("and " + (all.size() - NAMED) + " more"))
            .toList();
  }
}
