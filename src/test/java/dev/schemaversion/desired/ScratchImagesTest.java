package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchImagesTest {
  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "unknown",
      value = {
        "postgres:{major} | 15.4 | postgres:15",
        "postgres:{major} | 18 | postgres:18",
        "postgres:{major} | 17.2 (Debian 17.2-1.pgdg120+1) | postgres:17",
        "postgres:{major} | 18beta1 | postgres:18",
        "postgres:{major} | unknown | postgres:17",
        "postgres:{major} | what | postgres:17",
        "postgres:{major} | '' | postgres:17",
        "15=old/pg:15, mirror:5000/pg:{major}-bookworm | 15.9 | old/pg:15",
        "15=old/pg:15, mirror:5000/pg:{major}-bookworm | 16.9 | mirror:5000/pg:16-bookworm",
        "15=a@sha256:00,17=b | 15.1 | a@sha256:00",
        "15=a,17=b | 18.0 | b",
        "15=a,17=b | unknown | b"
      })
  void theImageHasTheServersMajorVersion(String setting, String server, String image) {
    assertThat(ScratchImages.of(setting, "17").forServer(server)).isEqualTo(image);
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "unknown",
      value = {
        "mariadb:{major} | 11.4.3 | mariadb:11.4",
        "mariadb:{major} | 10.11 | mariadb:10.11",
        "mariadb:{major} | unknown | mariadb:11.4",
        "11.4=lts,mariadb:{major} | 11.4.9 | lts"
      })
  void majorVersionsOfMariaDbAndMySqlHaveTwoNumbers(String setting, String server, String image) {
    assertThat(ScratchImages.of(setting, "11.4").forServer(server)).isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgres",
        "postgres:{major},",
        "postgres:{major},other:{major}",
        "17=",
        "=postgres:17",
        "17=postgres:{major}",
        "17.2.1=postgres:17",
        "latest=postgres:17",
        "17=a,17=b",
        "17=post gres",
        "15=postgres:15"
      })
  void anInvalidSettingIsRejectedWithAMessage(String setting) {
    assertThatThrownBy(() -> ScratchImages.of(setting, "17"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SCHEMAVERSION_SCRATCH_");
  }

  @Test
  void theOfficialImagesAreTheDefault() {
    assertThat(ScratchImages.of("postgres:{major}", "17")).isEqualTo(ScratchImages.OFFICIAL);
  }
}
