package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.contract.request.TlsMode;
import dev.schemaversion.runner.engine.Login;
import dev.schemaversion.runner.engine.RunFailure;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables in the texts of {@code spec.migrations.command}. */
class VariablesTest {
  private static Variables variables(String host, String password) {
    return new Variables(
        new Login(host, 3306, "glance", "o'brien", password, TlsMode.VerifyFull), "2024_1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$(HOST):$(PORT)/$(DATABASE) | db:3306/glance",
        "-u$(USERNAME) $(VERSION) | -uo'brien 2024_1",
        "$(PASSWORD) | p$(HOST)/:@ \\1",
        "$(PASSWORD_URI) | p%24%28HOST%29%2F%3A%40%20%5C1",
        "$(USERNAME_URI) | o%27brien",
        "sslmode=$(SSLMODE) | sslmode=verify-full",
        "$$(HOST) and $$ | $(HOST) and $",
        "$HOST $5 (HOST) | $HOST $5 (HOST)"
      })
  void areReplacedOnceAndNothingElseIs(String text, String replaced) {
    assertThat(variables("db", "p$(HOST)/:@ \\1").replace(text, "env.X")).isEqualTo(replaced);
  }

  @ParameterizedTest
  @CsvSource({"db.example.org, db.example.org", "::1, [::1]"})
  void theHostOfAUrlIsInBracketsWhereItHasColons(String host, String written) {
    assertThat(variables(host, "").replace("$(HOST_URI)", "env.X")).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "a b+c*d~e%f", "ä€😀", "://?#[]@!$&'()*+,;=\"\\\n\t"})
  void aPasswordInAUrlIsReadAsItIs(String password) {
    var url = variables("db", password).replace("mysql://u:$(PASSWORD_URI)@$(HOST_URI)", "env.X");

    assertThat(URI.create(url).getUserInfo()).isEqualTo("u:" + password);
  }

  @Test
  void oneThatDoesNotExistIsRefusedWithThoseThatDo() {
    assertThatThrownBy(() -> variables("db", "").replace("$(USER)", "env.URL"))
        .isInstanceOf(RunFailure.class)
        .hasMessageContaining("spec.migrations.command.env.URL has the variable $(USER)")
        .hasMessageContaining("$(HOST), $(PORT), $(DATABASE), $(USERNAME), $(PASSWORD)");
  }
}
