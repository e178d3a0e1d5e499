package dev.schemaversion.runner.engine.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of databases are read as libpq and the JDBC drivers read them. */
class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "postgres://u:p@h:5433/d               | postgres   | u | p   | h      | 5433 | d",
        "postgresql://u:p@h/d?sslmode=require  | postgresql | u | p   | h      | -    | d",
        "postgresql://h                        | postgresql | - | -   | h      | -    | -",
        "postgresql:///d                       | postgresql | - | -   | -      | -    | d",
        "postgres://u@h/                       | postgres   | u | -   | h      | -    | -",
        "postgres://u:p@[fd00::1]:5432/d       | postgres   | u | p   | fd00::1| 5432 | d",
        "postgres://u:p%40%2F%3A+@h/d          | postgres   | u | p@/:+ | h    | -    | d",
        "postgres://u:p@x@h/d                  | postgres   | u | p@x | h      | -    | d",
        "MySQL://u:p:q@h:3306/d                | mysql      | u | p:q | h      | 3306 | d",
        "jdbc:mariadb://h:3306/d?user=u&password=p%26 | mariadb | u | p& | h   | 3306 | d",
        "jdbc:postgresql://h/d?password=p&user=u | postgresql | u | p | h      | -    | d",
      })
  void partsAreDecoded(
      String url,
      String scheme,
      String user,
      String password,
      String host,
      String port,
      String db) {
    var read = DatabaseUrl.parse(url);

    assertThat(read.scheme()).isEqualTo(scheme);
    assertThat(read.user()).isEqualTo(Optional.ofNullable(user));
    assertThat(read.password()).isEqualTo(Optional.ofNullable(password));
    assertThat(read.host()).isEqualTo(Optional.ofNullable(host));
    assertThat(read.port()).isEqualTo(Optional.ofNullable(port));
    assertThat(read.database()).isEqualTo(Optional.ofNullable(db));
  }

  @RepeatedTest(200)
  void whatIsEncodedIsReadBackWhateverItsCharacters(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var user = text(random);
    var password = text(random);
    var database = text(random);

    var url =
        "postgres://%s:%s@host:1/%s?a=%s"
            .formatted(encoded(user), encoded(password), encoded(database), encoded(password));
    var read = DatabaseUrl.parse(url);

    assertThat(read.user()).contains(user);
    assertThat(read.password()).contains(password);
    assertThat(read.database()).contains(database);
    assertThat(read.parameters()).isEqualTo(Map.of("a", password));
    assertThat(read.toString()).doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "secret/no/scheme",
        "postgres://u:secret@a,b/d",
        "postgres://u:secret%@h/d",
        "postgres://u:secret%zz@h/d",
        "postgres://u:secret@h/d?x=%1",
        "postgres://u:secret/word@h/d",
        "postgres://u:sec@ret/secret@h/d",
        "postgres://u:12?secret@h/d",
        "postgres://u:12/secret@h/d",
        "postgres://u:secret",
        "postgres://u:secret/d",
        "postgres://h/d?password=secret@1",
      })
  void whatIsNoUrlIsRefusedWithoutBeingRepeated(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(InvalidSecret.class)
        .message()
        .isNotBlank()
        .doesNotContain("secret");
  }

  /** Whatever a person forgets to encode, the URL is read as meant, or refused without a trace. */
  @RepeatedTest(2_000)
  void noPartOfAnUnencodedPasswordIsEverShown(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var password = unencodedPassword(random);
    var url = "postgres://u:" + password + "@db.example.org:5432/shop?sslmode=require";

    String shown;
    try {
      var read = DatabaseUrl.parse(url);
      shown = String.join("\n", read.toString(), read.host().orElse(""), read.port().orElse(""));
      assertThat(read.host()).contains("db.example.org");
    } catch (InvalidSecret e) {
      shown = e.getMessage();
    }

    for (int i = 0; i + 4 <= password.length(); i++) {
      assertThat(shown).as(url).doesNotContain(password.substring(i, i + 4));
    }
  }

  /** Upper case, so that no part of it is a word of a message by chance. */
  private static String unencodedPassword(Random random) {
    var characters = "ABCDEFGHKLMNPQRSTUVWXYZ0123456789@/:?#&=%+,;[]!$'()*";
    return random
        .ints(4 + random.nextInt(20), 0, characters.length())
        .mapToObj(each -> characters.substring(each, each + 1))
        .collect(Collectors.joining());
  }

  @Test
  void noTextEndsWithAnotherException() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var text =
          random
              .ints(random.nextInt(30), 0, 20)
              .mapToObj(each -> ":/?@%[]&=,#+ ajdbc\u00e4".substring(each % 19, each % 19 + 1))
              .collect(Collectors.joining("", random.nextBoolean() ? "postgres://" : "", ""));
      try {
        DatabaseUrl.parse(text);
      } catch (InvalidSecret e) {
        assertThat(e).hasMessageMatching("(has|names) .*");
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** At least one character: an empty part is a missing one. */
  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(20), 0x20, 0x250)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
