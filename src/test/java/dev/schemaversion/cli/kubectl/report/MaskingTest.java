package dev.schemaversion.cli.kubectl.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a password is not in a report. */
class MaskingTest {
  static Stream<Arguments> passwords() {
    return Stream.of(
        Arguments.of("postgres://shop:s3cret@db:5432/shop", "postgres://MASKED@db:5432/shop"),
        Arguments.of("jdbc:mysql://shop:a@b@db/shop", "jdbc:mysql://MASKED@db/shop"),
        Arguments.of("password=s3cret", "password=MASKED"),
        Arguments.of("PGPASSWORD: s3cret", "PGPASSWORD: MASKED"),
        Arguments.of("db.password = 's3 cret', host=db", "db.password = MASKED, host=db"),
        Arguments.of("{\"password\": \"s3 cret\"}", "{\"password\": MASKED}"),
        Arguments.of("?user=shop&password=s3cret&x=1", "?user=shop&password=MASKED&x=1"),
        Arguments.of("auth_token=abc", "auth_token=MASKED"),
        Arguments.of("CREATE ROLE a PASSWORD 's3''cret';", "CREATE ROLE a PASSWORD MASKED;"),
        Arguments.of("CREATE USER a IDENTIFIED BY 's3cret'", "CREATE USER a IDENTIFIED BY MASKED"),
        Arguments.of(
            "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\nrest", "MASKED\nrest"));
  }

  @ParameterizedTest
  @MethodSource("passwords")
  void aPasswordIsMasked(String text, String masked) {
    assertThat(Masking.text(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the server rejected the password of user shop",
        "secretRef: {name: glance-db}",
        "https://db.example.org:5432/shop",
        "V3__add_password_column.sql",
        "column public.users.password_hash",
      })
  void otherTextStays(String text) {
    assertThat(Masking.text(text)).isEqualTo(text);
  }

  @Test
  void valuesOfVariablesAreMaskedButForOurOwn() {
    var pod =
        yaml(
            """
            metadata:
              managedFields: [{manager: a}]
              annotations: {kubectl.kubernetes.io/last-applied-configuration: "all of it", a: b}
            spec:
              containers:
              - env:
                - {name: SCHEMAVERSION_RUNNER_IMAGE, value: "operator:1"}
                - {name: SCHEMAVERSION_REQUEST, value: "{}"}
                - {name: HTTPS_PROXY, value: "http://proxy"}
                - {name: FROM, valueFrom: {secretKeyRef: {name: a, key: b}}}
              migrations:
                flyway: {placeholders: {owner: secret}}
                command: {env: {TOOL_KEY: secret}, files: {alembic.ini: secret}}
            """);

    Masking.object(pod);

    assertThat(pod)
        .isEqualTo(
            yaml(
                """
                metadata:
                  annotations: {a: b}
                spec:
                  containers:
                  - env:
                    - {name: SCHEMAVERSION_RUNNER_IMAGE, value: "operator:1"}
                    - {name: SCHEMAVERSION_REQUEST, value: MASKED}
                    - {name: HTTPS_PROXY, value: MASKED}
                    - {name: FROM, valueFrom: {secretKeyRef: {name: a, key: b}}}
                  migrations:
                    flyway: {placeholders: {owner: MASKED}}
                    command: {env: {TOOL_KEY: MASKED}, files: {alembic.ini: MASKED}}
                """));
  }

  private static JsonNode yaml(String text) {
    return Serialization.unmarshal(text, JsonNode.class);
  }
}
