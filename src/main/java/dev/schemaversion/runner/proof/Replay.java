package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;

/** Builds the versions, one after the other, on the scratch server. */
public interface Replay {
  /** Is shown each version as soon as it is built. */
  interface Visitor {
    /**
     * A version is built.
     *
     * @param version as the files spell it, without leading zeros
     * @param schema what it is
     * @param trip settles comparisons with this schema, until this method returns
     * @return whether the next version is to be built
     */
    boolean built(String version, Snapshot schema, RoundTrip trip) throws SQLException;
  }

  /** What is built, as the subject of a sentence in the plural or the name of a file. */
  String name();

  /**
   * The objects that this replay cannot build in the form that the version had, and leaves out.
   * They do not count in a comparison with it.
   *
   * @throws Unprovable if that cannot be found out here
   */
  LeftOut leftOut() throws SQLException;

  /**
   * Builds until there is no further version or the visitor has seen enough.
   *
   * @throws Unprovable if a version cannot be built here
   */
  void run(Visitor visitor) throws SQLException;

  /**
   * Builds all versions and keeps the last one.
   *
   * @throws Unprovable if a version cannot be built here
   */
  Standing build() throws SQLException;
}
