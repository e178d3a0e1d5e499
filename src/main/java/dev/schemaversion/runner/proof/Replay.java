package dev.schemaversion.runner.proof;

import dev.schemaversion.runner.snapshot.LeftOut;
import dev.schemaversion.runner.snapshot.Snapshot;
import dev.schemaversion.runner.snapshot.Witness;
import dev.schemaversion.runner.snapshot.postgres.RoundTrip;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Builds the versions, one after the other, on the scratch server. */
public interface Replay {
  /** Is shown each version as soon as it is built. */
  interface Visitor {
    /**
     * A version is built.
     *
     * @param version as the files spell it, without leading zeros
     * @param built what it is, until this method returns
     * @return whether the next version is to be built
     */
    boolean built(String version, Built built) throws SQLException;
  }

  /** A version on the scratch server, of which as much is read as is asked for. */
  interface Built {
    /** Reads the schema, which takes long where it is large. */
    Snapshot read() throws SQLException;

    /** Settles comparisons with what {@link #read} has read. */
    RoundTrip trip() throws SQLException;

    /**
     * Finds out which witnesses certainly hold for this version. A replay for which reading is the
     * smaller part of the work confirms none.
     */
    default Set<Witness> confirmed(List<Witness> witnesses) throws SQLException {
      return Set.of();
    }
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
