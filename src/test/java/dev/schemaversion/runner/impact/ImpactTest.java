package dev.schemaversion.runner.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.impact.Lock.Blocks;
import dev.schemaversion.runner.report.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is a warning, what exceeds the limit, and how both are said. */
class ImpactTest {
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @CsvSource({
    // what is done, what waits, the table's size in MiB, a warning, more than 5 MiB
    "REWRITE, EVERYTHING, 10, true, true",
    "REWRITE, EVERYTHING, 6, false, true",
    "REWRITE, EVERYTHING, 5, false, false",
    "CONSTRAINT_SCAN, EVERYTHING, 10, true, true",
    "CONSTRAINT_SCAN, WRITES, 10, true, false",
    "CONSTRAINT_SCAN, NOTHING, 10, false, false",
    "NOT_NULL_SCAN, EVERYTHING, 10, true, true",
    "PARTITION_SCAN, EVERYTHING, 10, true, true",
    "INDEX, WRITES, 10, true, false",
    "INDEX, WRITES, 9, false, false",
    "KEY_INDEX, EVERYTHING, 10, true, true",
    "EXCLUSION_INDEX, EVERYTHING, 10, true, true",
    "REPEATED, EVERYTHING, 10, true, false",
    "LOCK_HELD, EVERYTHING, 10, true, false",
    "NO_LOCK_TIMEOUT, EVERYTHING, 0, true, false",
    "LOCKS_TOGETHER, EVERYTHING, 10, false, false",
    "SHORT_LOCK, EVERYTHING, 10, false, false",
    "COPY, WRITES, 10, true, true",
    "COPY, NOTHING, 10, false, true",
    "REBUILD, NOTHING, 10, false, true",
    "IN_PLACE, NOTHING, 10, false, false",
    "IN_PLACE, WRITES, 10, true, false",
    "INSTANT, NOTHING, 10, false, false",
    "UNKNOWN, UNKNOWN, 10, true, true",
    "UNKNOWN_REWRITE, UNKNOWN, 10, true, true"
  })
  void warningsAndTheLimit(Hint hint, Blocks blocks, long size, boolean warning, boolean exceeds) {
    var impact = impact(hint, blocks, new TableSize(0, size * MIB, 1));

    assertThat(impact.isWarning()).isEqualTo(warning);
    assertThat(impact.exceeds(5 * MIB)).isEqualTo(exceeds);
  }

  @Test
  void aTableWhoseSizeIsNotKnownIsAWarning() {
    var impact = impact(Hint.REWRITE, Blocks.EVERYTHING, null);

    assertThat(impact.isWarning()).isTrue();
    assertThat(impact)
        .hasToString(
            "V1__x.sql rewrites public.t (size not known) under L; reads and writes wait meanwhile");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "1023, 1023 bytes",
    "1024, 1 KiB",
    "1536, 1.5 KiB",
    "1073741824, 1 GiB",
    "3435973837, 3.2 GiB",
    "1099511627776, 1 TiB"
  })
  void sizesArePrintedInTheirUnit(long bytes, String printed) {
    assertThat(ByteSize.print(bytes)).isEqualTo(printed);
  }

  @Test
  void theWorstComesFirst() {
    var small = impact(Hint.REWRITE, Blocks.EVERYTHING, new TableSize(0, 20 * MIB, 1));
    var large = impact(Hint.INDEX, Blocks.WRITES, new TableSize(0, 30 * MIB, 1));
    var tiny = impact(Hint.REWRITE, Blocks.EVERYTHING, new TableSize(0, 1, 1));
    var lock = impact(Hint.SHORT_LOCK, Blocks.EVERYTHING, new TableSize(0, 90 * MIB, 1));

    assertThat(List.of(tiny, lock, small, large).stream().sorted(Impact.WORST_FIRST))
        .containsExactly(large, small, tiny, lock);
  }

  @ParameterizedTest
  @EnumSource
  void thePageSaysWhatToDoInstead(Hint hint) throws IOException {
    assertThat(Files.readString(Path.of("docs", "locks-and-rewrites.md"))).contains(hint.instead());
  }

  private static Impact impact(Hint hint, Blocks blocks, TableSize size) {
    return new Impact("V1__x.sql", hint, new TableName("public", "t"), new Lock("L", blocks), size);
  }
}
