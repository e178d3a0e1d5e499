package dev.schemaversion.e2e.faults;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.stories.MariaDb;
import dev.schemaversion.e2e.stories.MariaDb.Product;
import java.util.ArrayList;
import java.util.List;

/** The superuser of a MariaDB or MySQL, who has no password, in the server's pod. */
record MariaDbRoot(Glance glance, Product product) {
  private static final String WITHOUT_HISTORY = "--ignore-table=glance.flyway_schema_history";

  List<String> lines(String sql) {
    return execute(sql).lines().toList();
  }

  String execute(String sql) {
    return run(List.of(product.client()), sql, "--batch", "--skip-column-names").strip();
  }

  void executeIn(String database, String sql) {
    run(List.of(product.client()), sql, database);
  }

  /** The schema without who has made the function, and what his session was like. */
  String schema(String database) {
    return run(
            product.dump(),
            "",
            "--no-data",
            "--routines",
            "--skip-comments",
            WITHOUT_HISTORY,
            database)
        .replaceAll("DEFINER=\\S+|(?m)^/\\*!5000[13] SET .*\n", "");
  }

  /** Ends these sessions, as far as they are still there. */
  void kill(List<String> sessions) {
    for (var session : sessions) {
      try {
        execute("KILL " + session);
      } catch (IllegalStateException e) {
        if (!e.getMessage().contains("Unknown thread id")) {
          throw e;
        }
      }
    }
  }

  /** Runs SQL on the scratch server of a runner's pod. */
  String onScratch(String pod, String sql) {
    return glance
        .kubectl(
            "exec",
            pod,
            "-c",
            "scratch",
            "--",
            product.client(),
            "--no-defaults",
            "-h127.0.0.1",
            "-uroot",
            "-BNe",
            sql)
        .strip();
  }

  private String run(List<String> program, String input, String... arguments) {
    var command = new ArrayList<>(List.of("exec", "-i", MariaDb.DEPLOYMENT, "--"));
    command.add(program.getFirst());
    command.addAll(MariaDb.CLIENT);
    command.addAll(program.subList(1, program.size()));
    command.add("-uroot");
    command.addAll(List.of(arguments));
    return glance.kubectlWithInput(input, command.toArray(String[]::new));
  }
}
