package dev.schemaversion.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaversion.api.v1alpha1.SchemaVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of a server under which the operator counts its Jobs. */
class DatabaseServerTest {
  @ParameterizedTest(name = "{0} → {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          engine: PostgreSQL, host: db | db.orders:5432
          engine: PostgreSQL, host: DB, port: 5432 | db.orders:5432
          engine: PostgreSQL, host: db.orders | db.orders:5432
          engine: PostgreSQL, host: db.orders.svc | db.orders:5432
          engine: PostgreSQL, host: db.orders.svc.cluster.local | db.orders:5432
          engine: PostgreSQL, host: db, port: 6432 | db.orders:6432
          engine: PostgreSQL, host: db.example.org | db.example.org:5432
          engine: PostgreSQL, host: 10.0.0.7 | 10.0.0.7:5432
          engine: PostgreSQL, host: "fd00::7" | fd00::7:5432
          engine: MariaDB, host: db | db.orders:3306
          engine: MySQL, host: db | db.orders:3306
          engine: PostgreSQL | Secret orders/shop-db
          engine: PostgreSQL, port: 5432 | Secret orders/shop-db
          """)
  void aServerIs(String database, String server) {
    var resource =
        Serialization.unmarshal(
            """
            metadata: {name: shop, namespace: orders}
            spec: {database: {%s, secretRef: {name: shop-db}}}
            """
                .formatted(database),
            SchemaVersion.class);

    assertThat(DatabaseServer.of(resource)).isEqualTo(server);
  }
}
