package dev.schemaversion.runner.postgres.clone;

import dev.schemaversion.contract.Parameter;
import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.Target;
import dev.schemaversion.runner.postgres.SslMode;
import java.util.HashMap;
import java.util.Map;

/** Builds the environment variables with which {@code pg_dump} connects to a target. */
final class DumpEnvironment {
  private DumpEnvironment() {}

  static Map<String, String> of(Target source) {
    var environment = new HashMap<String, String>();
    environment.put("PGHOST", source.host());
    environment.put("PGPORT", Integer.toString(source.port()));
    environment.put("PGDATABASE", source.database());
    environment.put("PGUSER", source.user());
    environment.put("PGPASSWORD", source.password());
    environment.put("PGAPPNAME", source.application());
    environment.put("PGCONNECT_TIMEOUT", Integer.toString(source.connectSeconds()));
    source
        .parameter(Parameter.CHANNEL_BINDING)
        .ifPresent(binding -> environment.put("PGCHANNELBINDING", binding));
    environment.put("PGGSSENCMODE", "disable");
    environment.put("PGSSLMODE", SslMode.of(source.tlsMode()));
    if (source.tlsMode() == TlsMode.VerifyCA || source.tlsMode() == TlsMode.VerifyFull) {
      environment.put("PGSSLROOTCERT", source.certificateAuthority().toString());
    }
    return environment;
  }
}
