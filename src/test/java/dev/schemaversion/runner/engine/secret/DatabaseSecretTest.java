package dev.schemaversion.runner.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets are read with the names that operators and platforms give their keys. */
class DatabaseSecretTest {
  private static final String URL = "postgres://u:p@h:5433/d?sslmode=require";

  @Test
  void partsWithoutAKeyAreThoseOfTheUrl() {
    var secret = secret(Map.of("uri", URL, "dbname", "mine"));

    assertThat(secret.username()).contains("u");
    assertThat(secret.password()).contains("p");
    assertThat(secret.host()).contains("h");
    assertThat(secret.port()).contains("5433");
    assertThat(secret.database()).contains("mine");
    assertThat(secret.sslMode()).contains("require");
    assertThat(secret.bindsChannel()).isFalse();
  }

  @Test
  void theChannelIsBoundIfTheUrlRequiresIt() {
    var secret = secret(Map.of("uri", URL + "&channel_binding=require"));

    assertThat(secret.host()).isPresent();
    assertThat(secret.bindsChannel()).isTrue();
  }

  @Test
  void besideACompleteSecretAnyUrlIsIgnored() {
    var secret =
        secret(
            Map.of(
                "username", "u", "password", "p", "host", "h", "dbname", "d", "uri", "no URL, x"));

    assertThat(secret.username()).contains("u");
    assertThat(secret.password()).contains("p");
    assertThat(secret.host()).contains("h");
    assertThat(secret.port()).isEmpty();
    assertThat(secret.database()).contains("d");
    assertThat(secret.sslMode()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PostgreSQL, mysql",
    "PostgreSQL, mariadb",
    "MariaDB, postgresql",
    "MySQL, mariadb",
    "MySQL, postgres"
  })
  void theSecretOfAnotherEngineIsRefused(String engine, String type) {
    assertThatThrownBy(
            () -> new DatabaseSecret(engine, key -> Optional.of(key.equals("type") ? type : "x")))
        .isInstanceOf(InvalidSecret.class)
        .hasMessageContainingAll("type", type, "spec.database.engine", engine);
    assertThatThrownBy(
            () ->
                new DatabaseSecret(
                        engine,
                        key ->
                            key.equals("uri") ? Optional.of(type + "://u:p@h/d") : Optional.empty())
                    .username())
        .isInstanceOf(InvalidSecret.class)
        .hasMessageContainingAll("URL", type, "spec.database.engine", engine);
  }

  @ParameterizedTest
  @CsvSource({
    "PostgreSQL, postgresql",
    "PostgreSQL, Postgres",
    "MariaDB, mysql",
    "MariaDB, mariadb",
    "MySQL, mysql",
    "PostgreSQL, Opaque"
  })
  void theSecretOfTheEngineOrOfAnUnknownTypeIsTaken(String engine, String type) {
    var secret =
        new DatabaseSecret(engine, key -> Optional.of(key.equals("type") ? type : key + "!"));

    assertThat(secret.username()).contains("username!");
  }

  @ParameterizedTest
  @CsvSource({"currentSchema", "schema", "search_path", "options"})
  void aParameterThatChoosesTheSchemaIsRefused(String parameter) {
    assertThatThrownBy(() -> secret(Map.of("uri", URL + "&" + parameter + "=shop")).host())
        .isInstanceOf(InvalidSecret.class)
        .hasMessageContainingAll(parameter, "spec.database.schemas");
  }

  private static DatabaseSecret secret(Map<String, String> keys) {
    return new DatabaseSecret("PostgreSQL", key -> Optional.ofNullable(keys.get(key)));
  }
}
