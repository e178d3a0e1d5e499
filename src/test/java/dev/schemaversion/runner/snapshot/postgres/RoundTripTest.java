package dev.schemaversion.runner.snapshot.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.runner.snapshot.Kind;
import dev.schemaversion.runner.snapshot.Scope;
import dev.schemaversion.runner.snapshot.Server;
import dev.schemaversion.runner.snapshot.SnapshotDatabase;
import dev.schemaversion.runner.snapshot.comparison.Comparison;
import dev.schemaversion.runner.snapshot.comparison.Difference;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A round trip removes the differences that pg_dump causes, and keeps similar real ones. */
class RoundTripTest {
  private static final Scope SCOPE = Scope.of("public");

  @ParameterizedTest
  @EnumSource
  void aDumpRestoredIntoAnotherDatabaseIsNoDifference(Server server) throws SQLException {
    try (var original = SnapshotDatabase.on(server).script("original.sql");
        var restored = SnapshotDatabase.on(server).script("restored.sql");
        var fresh = new SnapshotDatabase(server, server.connect(restored.name()))) {
      var written = Comparison.of(original.snapshot(), fresh.snapshot());
      // every kind with an expression is deparsed differently, so that none passes by chance
      assertThat(written.differences())
          .isNotEmpty()
          .allSatisfy(d -> assertThat(d).isInstanceOf(Difference.Different.class))
          .extracting(d -> ((Difference.Different) d).expected().kind())
          .contains(
              Kind.COLUMN,
              Kind.CONSTRAINT,
              Kind.INDEX,
              Kind.VIEW,
              Kind.MATERIALIZED_VIEW,
              Kind.FUNCTION,
              Kind.TRIGGER,
              Kind.RULE,
              Kind.POLICY,
              Kind.DOMAIN_CONSTRAINT,
              Kind.STATISTICS);

      var before = original.snapshot();
      assertThat(new RoundTrip(original.connection(), SCOPE).settle(written).differences())
          .isEmpty();
      assertThat(original.snapshot().fingerprint()).isEqualTo(before.fingerprint());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRealDifferenceRemains(Server server) throws SQLException {
    try (var scratch = SnapshotDatabase.on(server).script("original.sql");
        var real = SnapshotDatabase.on(server).script("restored.sql")) {
      real.execute(
          // one word of a restored expression
          "ALTER TABLE public.customer DROP CONSTRAINT customer_status",
          """
          ALTER TABLE public.customer ADD CONSTRAINT customer_status CHECK (((status)::text = ANY
            ((ARRAY['new'::character varying, 'old'::character varying])::text[])))""",
          // mentions an object that the expected schema lacks
          "CREATE TABLE public.extra (id integer)",
          "CREATE OR REPLACE VIEW public.open_customers AS SELECT c.id, c.full_name"
              + " FROM public.customer c, public.extra",
          // the same expression, but disabled
          "ALTER TABLE public.customer DISABLE TRIGGER opened",
          "ALTER TABLE public.orders ALTER COLUMN id TYPE integer");
      try (var fresh = new SnapshotDatabase(server, server.connect(real.name()))) {
        var settled =
            new RoundTrip(scratch.connection(), SCOPE)
                .settle(Comparison.of(scratch.snapshot(), fresh.snapshot()));

        assertThat(settled.differences())
            .extracting(d -> d.normalised().replaceAll(":.*", ""))
            .containsExactly(
                "unexpected column public.extra.id",
                "different column public.orders.id",
                "different constraint public.customer.customer_status",
                "different sequence public.orders_id_seq",
                "unexpected table public.extra",
                "different trigger public.customer.opened",
                "different view public.open_customers");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void specialCharactersSurviveTheRoundTrip(Server server) throws SQLException {
    var table = "public.\"o'r\"\"der {fn}; 🦆 ?\"";
    try (var scratch = SnapshotDatabase.on(server);
        var real = SnapshotDatabase.on(server)) {
      scratch.execute(
          "CREATE TABLE "
              + table
              + " (\"a\nb\" varchar(9) CONSTRAINT \"k;\" CHECK (\"a\nb\" IN ('?;''', '{d \\')))");
      real.execute(
          "CREATE TABLE "
              + table
              + " (\"a\nb\" varchar(9) CONSTRAINT \"k;\" CHECK ((\"a\nb\")::text = ANY"
              + " ((ARRAY['?;'''::varchar, '{d \\'::varchar])::text[])))");
      var written = Comparison.of(scratch.snapshot(), real.snapshot());

      assertThat(written.differences()).hasSize(1);
      assertThat(new RoundTrip(scratch.connection(), SCOPE).settle(written).isEqual()).isTrue();
    }
  }
}
