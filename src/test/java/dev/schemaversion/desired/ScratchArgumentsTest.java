package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import dev.schemaversion.cli.scratch.ServerArguments;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScratchArgumentsTest {
  @ParameterizedTest
  @EnumSource
  void aScratchServerOfTheCommandLineIsTunedAsInAPod(Engine engine) {
    assertThat(ServerArguments.tuning(engine))
        .filteredOn(argument -> !argument.equals("-c") && !argument.startsWith("--log-bin"))
        .isNotEmpty()
        .allSatisfy(argument -> assertThat(ScratchScript.of(engine)).contains(argument));
  }
}
