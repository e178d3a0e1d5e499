package dev.schemaversion.e2e.faults;

import dev.schemaversion.e2e.cluster.Cluster;
import dev.schemaversion.e2e.stories.MariaDb.Product;
import java.util.function.BiFunction;

/** The database engines of the fault matrix. */
enum Engine {
  POSTGRESQL("PostgreSQL", "postgres", PostgresServer::new),
  MARIADB(Product.MARIADB),
  MYSQL(Product.MYSQL);

  private final String words;
  private final String image;
  private final BiFunction<Cluster, String, Server> server;

  Engine(String words, String image, BiFunction<Cluster, String, Server> server) {
    this.words = words;
    this.image = image;
    this.server = server;
  }

  Engine(Product product) {
    this(
        product.engine(),
        product.image(),
        (cluster, namespace) -> new MariaDbServer(cluster, namespace, product));
  }

  /** The name of the server's image. */
  String image() {
    return image;
  }

  /** A server in a namespace of its own; nothing happens yet. */
  Server in(Cluster cluster, String namespace) {
    return server.apply(cluster, namespace);
  }

  /** Whether its sessions are threads of one process, so that only the machine can stop one. */
  boolean isOneProcess() {
    return this != POSTGRESQL;
  }

  @Override
  public String toString() {
    return words;
  }
}
