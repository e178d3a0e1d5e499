package dev.schemaversion.e2e.faults;

import dev.schemaversion.e2e.cluster.Cluster;
import java.util.function.BiFunction;

/** The database engines of the fault matrix. */
enum Engine {
  POSTGRESQL("PostgreSQL", PostgresServer::new),
  MARIADB("MariaDB", MariaDbServer::new);

  private final String words;
  private final BiFunction<Cluster, String, Server> server;

  Engine(String words, BiFunction<Cluster, String, Server> server) {
    this.words = words;
    this.server = server;
  }

  /** A server in a namespace of its own; nothing happens yet. */
  Server in(Cluster cluster, String namespace) {
    return server.apply(cluster, namespace);
  }

  /** Whether its sessions are threads of one process, so that only the machine can stop one. */
  boolean isOneProcess() {
    return this == MARIADB;
  }

  @Override
  public String toString() {
    return words;
  }
}
