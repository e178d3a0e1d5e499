package dev.schemaversion.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The fixture {@link MariaDb} works as other tests expect. */
class MariaDbTest {
  @Test
  void databasesAreFreshAndOwnedAndDumped() {
    var one =
        MariaDb.fresh().execute("CREATE TABLE t (id INT PRIMARY KEY)", "INSERT INTO t VALUES (7)");
    var two = MariaDb.fresh();

    assertThat(one.query("SELECT id FROM t")).containsExactly("7");
    assertThat(two.query("SHOW TABLES")).isEmpty();
    assertThat(one.query("SELECT @@version"))
        .first()
        .asString()
        .startsWith(MariaDb.release() + ".");
    assertThat(one.dump())
        .anySatisfy(line -> assertThat(line).startsWith("INSERT INTO `t` VALUES"))
        .isEqualTo(one.dump());
    one.execute("UPDATE t SET id = 8");
  }
}
