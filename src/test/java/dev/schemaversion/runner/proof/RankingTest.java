package dev.schemaversion.runner.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which versions must be read to know the nearest one. */
class RankingTest {
  private final Ranking ranking = new Ranking();

  @Test
  void theFirstOfEquallyNearVersionsIsTheNearest() {
    ranking.add("1", 7);
    ranking.add("2", 3);
    ranking.add("3", 3);

    assertThat(ranking.matches().nearest()).isEqualTo("2");
    assertThat(ranking.matches().nearestDifferences()).isEqualTo(3);
  }

  @Test
  void aVersionThatIsPassedOverIsOpenAsLongAsItMayBeNearer() {
    ranking.passOver("1", 3);
    ranking.passOver("2", 4);
    ranking.add("3", 4);
    ranking.passOver("4", 4);

    assertThat(ranking.isOpen("1")).isTrue();
    assertThat(ranking.isOpen("2")).as("as near, and before").isTrue();
    assertThat(ranking.isOpen("3")).as("was read").isFalse();
    assertThat(ranking.isOpen("4")).as("as near, and after").isFalse();
    assertThat(ranking.open()).isEqualTo(2);
  }

  @Test
  void aVersionThatIsReadLaterKeepsItsPlace() {
    ranking.passOver("1", 1);
    ranking.add("2", 2);
    ranking.add("1", 2);

    assertThat(ranking.matches().nearest()).isEqualTo("1");
    assertThat(ranking.open()).isZero();
  }

  @Test
  void nothingIsOpenOnceAVersionIsEqual() {
    ranking.passOver("1", 1);
    ranking.add("2", 0);

    assertThat(ranking.open()).isZero();
    assertThat(ranking.matches().equal()).containsExactly("2");
  }
}
