package dev.schemaversion.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void everythingIsMeasuredFiveTimesByDefault() {
    var options = Options.of(Map.of("WAYS", ""));

    assertThat(options.runs()).isEqualTo(5);
    assertThat(options.ways()).containsExactly(Way.values());
    assertThat(options.scenarios()).containsExactly(Scenario.values());
    assertThat(options.herd()).isEqualTo(40);
  }

  @Test
  void someWaysAndScenariosAreMeasuredInTheirOwnOrder() {
    var options =
        Options.of(Map.of("RUNS", "1", "WAYS", "always, job", "SCENARIOS", "upgrade,new"));

    assertThat(options.runs()).isEqualTo(1);
    assertThat(options.ways()).containsExactly(Way.JOB, Way.ALWAYS);
    assertThat(options.scenarios()).containsExactly(Scenario.NEW, Scenario.UPGRADE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RUNS      | 0       | RUNS is "0", but must be from 1 to 99
          RUNS      | many    | RUNS is "many", but must be from 1 to 99
          HERD      | none    | HERD is "none", but must be from 1 to 999
          WAYS      | job,by  | WAYS is "job,by", but must be some of job,init,helm3,helm4,on-baseline,always
          SCENARIOS | newest  | SCENARIOS is "newest", but must be some of new,new-300,upgrade
          """)
  void anInvalidValueIsNamedWithTheValidOnes(String variable, String value, String message) {
    assertThatThrownBy(() -> Options.of(Map.of(variable, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
