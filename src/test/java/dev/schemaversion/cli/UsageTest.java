package dev.schemaversion.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the options, and what to change, is said before anything is done. */
class UsageTest {
  private static final String GLANCE = " -m deploy/samples/glance/migrations";

  private static Cli.Ended run(Cli cli, String line) {
    return cli.run(
        Arrays.stream(line.strip().split(" +", -1))
            .filter(s -> !s.isEmpty())
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          check                                       | Name the migrations with --migrations DIR, or a manifest with -f FILE.
          check -m nowhere                            | --migrations: there is no folder nowhere.
          check -f nowhere.yaml                       | -f: nowhere.yaml cannot be read
          check -f crds/schemaversions.schemaversion.dev.yaml   | has no SchemaVersion.
          check -m docs --flyway prefix=V             | --flyway has no option “prefix”; it has baselineMigrationPrefix, checksums,
          check -m docs --flyway outOfOrder=yes       | --flyway outOfOrder is true or false, not “yes”.
          check -m docs --flyway checksums=proven     | --flyway checksums is one of Enforce, Proven, Ignore, not “proven”.
          check -m docs --flyway placeholders=a       | --flyway placeholders.NAME=VALUE
          check -m docs --flyway table                | --flyway table is not NAME=VALUE
          prove -m docs                               | Name the database with --url or DATABASE_URL, or with --host, and its engine with --engine: PostgreSQL, MariaDB or MySQL.
          prove -m docs --engine PostgreSQL           | The connection lacks the host (--host), the name of the database (--database), the user (--username), the password (--password-file or SCHEMAVERSION_PASSWORD).
          prove -m docs --url postgresql://u@h/d      | The connection lacks the password (--password-file or SCHEMAVERSION_PASSWORD).
          prove -m docs --url postgresql://u:s3cret@h/d | --url has a password, which every user of this machine can read
          prove -m docs --url nonsense                | --url: The URL has no “://”.
          prove -m docs --url mysql://u@h/d --engine PostgreSQL | is that of mysql, but --engine is PostgreSQL.
          prove -m docs --url postgresql://u@h/d --password-file nowhere | --password-file: nowhere cannot be read.
          prove -m docs --oops                        | Unknown option: '--oops'
          prove -m docs --engine Oracle               | expected one of [PostgreSQL, MariaDB, MySQL]
          nonsense                                    | Unmatched argument at index 0: 'nonsense'
          """)
  void anErrorInTheOptionsIsNamed(String line, String message) {
    var ended = run(new Cli(), line);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains(message).doesNotContain("s3cret", "\tat ", "  at ");
    assertThat(ended.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --tls-mode VerifyFull                       | The TLS mode VerifyFull needs the certificate authority: name its file with --tls-ca.
          --tls-ca nowhere                            | --tls-ca: nowhere cannot be read.
          """)
  void soIsOneBesideACompleteConnection(String options, String message) {
    var ended =
        run(
            new Cli().with("DATABASE_URL", "postgresql://u:s3cret@localhost:1/d"),
            "prove" + GLANCE + " " + options);

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains(message).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "prove",
        "which-version",
        "plan",
        "rehearse",
        "snapshot",
        "diff",
        "generate-completion"
      })
  void everyCommandHasHelp(String command) {
    var ended = new Cli().run(command, "--help");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("Usage: schemaversion " + command);
  }

  @Test
  void theCompletionIsAScript() {
    assertThat(new Cli().run("generate-completion").out())
        .contains("complete -F _complete_schemaversion", "which-version");
  }

  @Test
  void noCommandIsAnErrorWithTheListOfCommands() {
    var ended = new Cli().run();

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("Missing required subcommand", "which-version");
  }
}
