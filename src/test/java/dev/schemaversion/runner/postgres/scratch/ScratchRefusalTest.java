package dev.schemaversion.runner.postgres.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaversion.runner.engine.Rows;
import dev.schemaversion.runner.scratch.ScratchLacks;
import dev.schemaversion.runner.scratch.ScratchMajorMismatch;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scratch server that lacks a property of the real one is rejected, and the message names it. */
class ScratchRefusalTest {
  @ParameterizedTest
  @EnumSource
  void aMissingExtensionThatATableUsesIsNamed(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin(
          "CREATE EXTENSION citext",
          "CREATE TABLE names (name citext)",
          "UPDATE pg_extension SET extname = 'postgis', extversion = '3.4.2' WHERE extname ="
              + " 'citext'");
      try (var there = real.asOwner()) {
        assertThatThrownBy(() -> at.scratch().prepare(real.name(), there, null, Set.of()))
            .isInstanceOf(ScratchLacks.class)
            .hasMessageContaining("“postgis” 3.4.2")
            .hasMessageContaining("spec.proof.scratch.image");
        assertThatThrownBy(() -> at.scratch().prepareEmpty(real.name(), there, null))
            .isInstanceOf(ScratchLacks.class);
      }
    }
  }

  /** Such as pg_repack, whose views, functions and types depend on each other only. */
  @ParameterizedTest
  @EnumSource
  void aMissingExtensionThatNothingUsesIsLeftOut(Installation at) throws SQLException {
    try (var real = at.real().fresh()) {
      real.admin(
          "CREATE EXTENSION pg_stat_statements",
          "UPDATE pg_extension SET extname = 'in_house' WHERE extname = 'pg_stat_statements'");
      try (var there = real.asOwner();
          var built = at.scratch().prepare(real.name(), there, null, Set.of());
          var here = built.admin()) {
        assertThat(Rows.names(here, "SELECT extname FROM pg_extension")).containsExactly("plpgsql");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingLocaleIsNamed(Installation at) throws SQLException {
    try (var real = at.real().fresh();
        var there = real.asOwner()) {
      // no user can connect any more
      real.admin(
          "UPDATE pg_database SET datcollate = 'tlh_XX.utf8' WHERE datname = '"
              + real.name()
              + "'");
      assertThatThrownBy(() -> at.scratch().prepare(real.name(), there, null, Set.of()))
          .isInstanceOf(ScratchLacks.class)
          .hasMessageContaining("LC_COLLATE “tlh_XX.utf8”");
    }
  }

  @Test
  void aServerOfAnotherMajorVersionIsRejected() throws SQLException {
    try (var real = Installation.POSTGRES_15.real().fresh();
        var there = real.asOwner()) {
      assertThatThrownBy(
              () -> Installation.POSTGRES_18.scratch().prepare("x", there, null, Set.of()))
          .isInstanceOfSatisfying(
              ScratchMajorMismatch.class,
              e -> {
                assertThat(e.realMajor()).isEqualTo("15");
                assertThat(e.scratchMajor()).isEqualTo("18");
              });
    }
  }
}
