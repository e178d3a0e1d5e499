package dev.schemaversion.e2e.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.e2e.Glance;
import dev.schemaversion.e2e.cluster.Cluster;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A tool that does not do what it should: each run ends with its reason. That the password is
 * nowhere is searched for after each story.
 */
@WithOperator
class FailingCommandTest {
  /** On the database server itself; the scratch server is at an address of its pod. */
  private static final String TOOL =
      """
      apiVersion: schemaversion.dev/v1alpha1
      kind: SchemaVersion
      metadata: {name: %1$s}
      spec:
        version: "2"
        database: {engine: PostgreSQL, name: %1$s, secretRef: {name: glance-db}, tls: {mode: Disable}}
        # More than the tool needs on the scratch server, so that the limit ends it at the database.
        job: {limits: {run: 60s}}
        migrations:
          command:
            image: %2$s
            versions: ["1", "2"]
            migrate: [sh, /schemaversion/tool.sh, $(VERSION)]
            history: {tables: [tool_history]}
            env:
              DOES: %1$s
              PGHOST: $(HOST)
              PGPORT: $(PORT)
              PGUSER: $(USERNAME)
              PGPASSWORD: $(PASSWORD)
              PGDATABASE: $(DATABASE)
              URI: postgres://$(USERNAME_URI):$(PASSWORD_URI)@$(HOST_URI):$(PORT)/$(DATABASE_URI)
            files:
              tool.sh: |
                set -eu
                [ "$PGHOST" = postgres ] || DOES=work
                sql() { psql -qAtX -v ON_ERROR_STOP=1 -c "$1"; }
                case $DOES in
                  nothing) echo "nothing to do"; exit 0 ;;
                  noise) yes "a line of a tool that has a lot to say about its work" | head -c 100000000 ;;
                  tell)
                    echo "connecting to $URI with the password $PGPASSWORD"
                    printf %%s "$PGPASSWORD" | base64 >&2
                    exit 1 ;;
                esac
                sql "CREATE TABLE IF NOT EXISTS tool_history (version int, at timestamptz DEFAULT now())"
                for version in 1 2; do
                  recorded=`sql "SELECT count(*) FROM tool_history WHERE version >= least($version, $1)"`
                  [ "$recorded" = 0 ] || continue
                  sql "CREATE TABLE of_version_$version (id int)"
                  [ "$DOES" != hang ] || sleep 1000000
                  sql "INSERT INTO tool_history VALUES ($version)"
                done
                if [ "$DOES" = late ]; then echo "the mail server does not answer" >&2; exit 1; fi
      """;

  /** What the tool does, and what follows. */
  private enum Does {
    HANG("Stalled", "HalfApplied", "exceeded spec.job.limits.run (60 s)", "of_version_1"),
    NOISE("Ready", "AtVersion"),
    NOTHING("Stalled", "MigrationFailed", "It has not reached the wanted version", "is at 0"),
    LATE("Stalled", "MigrationFailed", "exit code 1", "the mail server", "The database is at 2"),
    TELL(
        "Stalled",
        "MigrationFailed",
        "exit code 1",
        "glance:***@postgres",
        "password ***",
        "is at 0");

    private final String condition;
    private final String reason;
    private final String[] words;

    Does(String condition, String reason, String... words) {
      this.condition = condition;
      this.reason = reason;
      this.words = words;
    }

    private String resource() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Story
  void eachEndsWithItsReason(Glance glance, Cluster cluster) {
    glance.environment("environment");
    for (var does : Does.values()) {
      glance.psql("CREATE DATABASE " + does.resource());
      glance.kubectlWithInput(
          TOOL.formatted(does.resource(), cluster.image("postgres")), "apply", "-f", "-");
    }

    Arrays.stream(Does.values()).forEach(does -> assertEnds(glance, does));
    // Of 100 MB.
    assertThat(
            glance.kubectl(
                "logs", "-l", "schemaversion.dev/resource=noise", "-c", "runner", "--tail=-1"))
        .hasSizeLessThan(1_000_000)
        .contains("lines more; the last ones are:");

    glance.kubectl("annotate", "sv", "late", "schemaversion.dev/retry=1");
    awaitReason(glance, "late", "Ready", "AtVersion");
    assertThat(query(glance, "late", "SELECT version FROM tool_history")).isEqualTo("1\n2");
    assertThat(query(glance, "hang", "SELECT count(*) FROM tool_history")).isEqualTo("0");
  }

  private static void assertEnds(Glance glance, Does does) {
    awaitReason(glance, does.resource(), does.condition, does.reason);
    for (var condition : glance.get("sv", does.resource()).at("/status/conditions")) {
      if (condition.get("type").asText().equals(does.condition)) {
        var message = condition.get("message").asText();
        List.of(does.words).forEach(word -> assertThat(message).contains(word));
      }
    }
  }

  private static void awaitReason(Glance glance, String name, String condition, String reason) {
    glance.kubectl(
        "wait",
        "sv/" + name,
        "--for=jsonpath={.status.conditions[?(@.type==\"%s\")].reason}=%s"
            .formatted(condition, reason),
        "--timeout=240s");
  }

  private static String query(Glance glance, String database, String sql) {
    return glance
        .kubectl(
            "exec",
            "deployment/postgres",
            "--",
            "psql",
            "-U",
            "glance",
            "-d",
            database,
            "-Atqc",
            sql)
        .strip();
  }
}
