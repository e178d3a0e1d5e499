package dev.schemaversion.runner.proof;

import dev.schemaversion.contract.Basis;
import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Outside;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A schema that was found, as it is compared with built ones.
 *
 * @param real the real database's schema
 * @param schema what was read of it, or of a clone of it
 * @param leftOut see {@link Replay#leftOut}
 */
record Found(RealSchema real, Snapshot schema, LeftOut leftOut) {
  /** Compares with what was built, outside the schemas too. */
  Comparison compare(Snapshot built) throws SQLException {
    return Comparison.of(
        real.expected(built), real.with(schema, built.header().outside()).without(leftOut));
  }

  /** What is recorded with a proof that has compared this outside the schemas. */
  Basis basis(Outside outside) {
    return real.basis(outside);
  }

  /** What is reported about the real database and does not count, see {@link RealSchema#notes}. */
  List<String> notes() throws SQLException {
    return real.notes();
  }

  /** The number of objects that each pattern of {@code proof.ignore} ignores. */
  Map<String, Integer> ignored() {
    return schema.ignored();
  }
}
