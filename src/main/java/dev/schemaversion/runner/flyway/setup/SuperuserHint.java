package dev.schemaversion.runner.flyway.setup;

import dev.schemaversion.runner.engine.Catalog;
import dev.schemaversion.runner.flyway.script.FailedStatement;
import java.sql.SQLException;

/**
 * Explains a statement that the scratch server refuses for a missing right that the user has on the
 * real server, as a superuser.
 */
public final class SuperuserHint {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final Catalog real;

  /** A hint about the user of the real database's session. */
  public SuperuserHint(Catalog real) {
    this.real = real;
  }

  /** Returns what to permit, in sentences; empty if the statement failed otherwise. */
  public String of(FailedStatement failed) {
    return INSUFFICIENT_PRIVILEGE.equals(failed.error().getSQLState()) && isSuperuser()
        ? " The user is a superuser on the database server, but not on the scratch server. If the"
            + " statement creates an extension, name it in spec.proof.scratch.extensions; otherwise"
            + " set spec.proof.scratch.superuser: true. The operator's settings must permit it."
        : "";
  }

  private boolean isSuperuser() {
    try {
      return real.isSuperuser();
    } catch (SQLException e) {
      return false; // the failure is reported without the hint
    }
  }
}
