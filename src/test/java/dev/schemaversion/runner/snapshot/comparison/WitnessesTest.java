package dev.schemaversion.runner.snapshot.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Line;
import dev.schemaversion.runner.snapshot.Witness;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many differences witnesses prove. */
class WitnessesTest {
  private static final Witness TABLE = found(Kind.TABLE, "public", "orders");
  private static final Witness COLUMN = found(Kind.COLUMN, "public.orders", "id");
  private static final Witness OTHER_TABLE = found(Kind.TABLE, "public", "items");

  @Test
  void aTableAndItsColumnsAreOneDifferenceBecauseTheTableMayBeRenamed() {
    assertThat(Witnesses.differences(List.of(TABLE, COLUMN))).isEqualTo(1);
  }

  @Test
  void anObjectOfEachSideMayBeOneRenamedObject() {
    var built = new Witness(new Line(Kind.COLUMN, "public.purchases", "id", "integer", ""), true);

    assertThat(Witnesses.differences(List.of(COLUMN, built))).isEqualTo(1);
  }

  @Test
  void twoTablesAreTwoDifferences() {
    assertThat(Witnesses.differences(List.of(TABLE, OTHER_TABLE))).isEqualTo(2);
  }

  private static Witness found(Kind kind, String within, String local) {
    return new Witness(new Line(kind, within, local, "", ""), false);
  }
}
