package dev.schemaversion.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output of the tool, as the log and the report show it. */
class ToolOutputTest {
  private final List<String> log = new ArrayList<>();

  private List<String> read(String password, String text) throws IOException {
    var output = new ToolOutput(List.of(password), log::add);
    output.read(new StringReader(text));
    return output.last();
  }

  @Test
  void linesArePassedOnAndTheLastOnesKept() throws IOException {
    assertThat(read("", "one\r\n\ntwo\nthree")).containsExactly("one", "two", "three");
    assertThat(log).containsExactly("one", "two", "three");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secret", "with \"quotes\" and \\", "p@ss/w:rd", "two\nlines", "ä€😀"})
  void thePasswordIsInNoFormInIt(String password) throws IOException {
    read(
        password,
        "plain "
            + password
            + "\nurl "
            + Variables.encoded(password)
            + "\nbase64 "
            + Base64.getEncoder()
                .encodeToString(password.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            + "\njson "
            + password.replace("\\", "\\\\").replace("\"", "\\\"")
            + "\n");

    password.lines().forEach(part -> assertThat(String.join("\n", log)).doesNotContain(part));
    assertThat(String.join("\n", log)).contains("url ***", "base64 ***");
  }

  /** Wherever lines are cut and however often it is written, no part of it of some length stays. */
  @Test
  void noLongPartOfThePasswordStaysWhereALongLineIsCut() throws IOException {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      var password = "SECRET" + "x".repeat(random.nextInt(3_000)) + "END";
      log.clear();

      read(password, "a".repeat(random.nextInt(40)) + password.repeat(60) + "\n");

      assertThat(String.join("\n", log)).doesNotContain("SECRET");
    }
  }

  @Test
  void aLongLineIsCutAndManyLinesAreCountedAndTheLastOnesShown() throws IOException {
    assertThat(read("", "x".repeat(100_000)).getFirst()).hasSizeLessThan(2_100).endsWith("…");

    log.clear();
    var last = read("", "line\n".repeat(100_000) + "the end\n");

    assertThat(last).hasSize(20).endsWith("the end");
    assertThat(log).hasSizeLessThan(2_100).endsWith("the end");
    assertThat(String.join("\n", log)).contains("98001 lines more");
  }
}
