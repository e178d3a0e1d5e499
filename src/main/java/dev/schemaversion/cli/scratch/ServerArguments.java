package dev.schemaversion.cli.scratch;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;
import java.util.List;
import java.util.stream.Stream;

/**
 * The arguments of scratch servers, the same as in a pod: without durability, because nobody needs
 * the data afterwards.
 */
public final class ServerArguments {
  private static final List<String> POSTGRESQL =
      List.of(
          "fsync=off",
          "full_page_writes=off",
          "synchronous_commit=off",
          "wal_level=minimal",
          "max_wal_senders=0",
          "max_wal_size=512MB",
          "autovacuum=off",
          "dynamic_shared_memory_type=mmap",
          "shared_buffers=32MB",
          "logging_collector=off");

  private static final List<String> INNODB =
      List.of(
          "--sync-binlog=0",
          "--innodb-flush-log-at-trx-commit=0",
          "--innodb-flush-method=nosync",
          "--innodb-doublewrite=OFF",
          "--innodb-buffer-pool-size=64M",
          "--performance-schema=OFF",
          "--event-scheduler=OFF",
          "--max-connections=30");

  private ServerArguments() {}

  /** Returns the arguments for speed. */
  public static List<String> tuning(Engine engine) {
    return switch (engine) {
      case PostgreSQL -> POSTGRESQL.stream().flatMap(each -> Stream.of("-c", each)).toList();
      // The binary log is on, as on real servers, because it changes the rights that scripts need.
      case MariaDB -> Stream.concat(Stream.of("--log-bin=log"), INNODB.stream()).toList();
      case MySQL ->
          Stream.concat(
                  Stream.of("--log-bin=log", "--mysqlx=OFF", "--secure-file-priv=NULL"),
                  INNODB.stream())
              .toList();
    };
  }
}
