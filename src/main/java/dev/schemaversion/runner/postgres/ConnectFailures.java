package dev.schemaversion.runner.postgres;

import dev.schemaversion.contract.Outcome;
import dev.schemaversion.runner.engine.ConnectFailure;
import dev.schemaversion.runner.engine.RunFailure;
import dev.schemaversion.runner.engine.SanitizedMessage;
import dev.schemaversion.runner.engine.Target;
import java.sql.SQLException;

/** Explains why a session could not be opened. */
final class ConnectFailures {
  private ConnectFailures() {}

  static RunFailure explain(SQLException e, Target target) {
    var state = SanitizedMessage.state(e);
    // 08004 is the driver's "rejected": no password or no TLS where the server requires it
    boolean denied =
        state.startsWith("28")
            || state.equals("3D000")
            || state.equals("42501")
            || state.equals("08004");
    return denied ? ConnectFailure.denied(e, target) : ConnectFailure.unreachable(e, target);
  }

  static RuntimeException role(SQLException e, Target target) throws SQLException {
    var state = SanitizedMessage.state(e);
    if (state.equals("42501") || state.equals("22023")) {
      return new RunFailure(
          Outcome.ACCESS_DENIED,
          "User “"
              + target.user()
              + "” cannot set the role “"
              + target.role().orElseThrow()
              + "” of spec.database.role: "
              // not sanitized: the only value in this statement is the name of the role
              + (state.equals("22023") ? "the role does not exist" : SanitizedMessage.of(e))
              + ConnectFailure.suffix(e)
              + ". Create the role or GRANT it to the user; the next attempt uses it.",
          null,
          e);
    }
    throw e;
  }
}
