package dev.schemaversion.desired;

import dev.schemaversion.api.v1alpha1.DatabaseSpec.Engine;

/**
 * The shell script of the scratch server's container. It initializes the data directory if there is
 * none, and starts the server, reachable only inside the pod and without durability.
 *
 * <p>The shell stays process 1 and handles SIGTERM: the kernel does not end a process 1 without a
 * handler, and the pod would last for its whole grace period. The data needs no orderly shutdown.
 */
final class ScratchScript {
  private static final String POSTGRESQL =
      """
      trap 'kill -QUIT $child 2>/dev/null; exit 0' TERM INT
      if [ ! -d /scratch/data ]; then
        rm -rf /scratch/new
        initdb -D /scratch/new -U postgres --auth=trust --encoding=UTF8 --no-sync >/dev/null &
        child=$!
        wait $child || exit 1
        mv /scratch/new /scratch/data
      fi
      rm -f /scratch/data/postmaster.pid
      postgres -D /scratch/data -c listen_addresses=127.0.0.1 -c port=5432 \\
        -c unix_socket_directories=/scratch -c fsync=off -c full_page_writes=off \\
        -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 \\
        -c max_wal_size=512MB -c autovacuum=off -c dynamic_shared_memory_type=mmap \\
        -c shared_buffers=32MB -c logging_collector=off &
      child=$!
      wait $child
      """;

  /** The binary log is on, as on real servers, because it changes the rights that scripts need. */
  private static final String MARIADB =
      """
      trap 'kill -KILL $child 2>/dev/null; exit 0' TERM INT
      if [ ! -d /scratch/data ]; then
        rm -rf /scratch/new
        mariadb-install-db --no-defaults --datadir=/scratch/new --tmpdir=/tmp \\
          --auth-root-authentication-method=normal --skip-test-db >/dev/null &
        child=$!
        wait $child || exit 1
        mv /scratch/new /scratch/data
      fi
      mariadbd --no-defaults --datadir=/scratch/data --tmpdir=/tmp --bind-address=127.0.0.1 \\
        --port=3306 --socket=/scratch/socket --pid-file=/scratch/pid \\
        --log-bin=/scratch/log --sync-binlog=0 \\
        --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-doublewrite=OFF \\
        --innodb-buffer-pool-size=64M --performance-schema=OFF --event-scheduler=OFF \\
        --max-connections=30 &
      child=$!
      wait $child
      """;

  private static final String MYSQL =
      """
      trap 'kill -KILL $child 2>/dev/null; exit 0' TERM INT
      if [ ! -d /scratch/data ]; then
        rm -rf /scratch/new
        mysqld --no-defaults --initialize-insecure --datadir=/scratch/new --tmpdir=/tmp \\
          --secure-file-priv=NULL --innodb-flush-method=nosync --innodb-doublewrite=OFF &
        child=$!
        wait $child || exit 1
        mv /scratch/new /scratch/data
      fi
      mysqld --no-defaults --datadir=/scratch/data --tmpdir=/tmp --bind-address=127.0.0.1 \\
        --port=3306 --socket=/scratch/socket --pid-file=/scratch/pid --mysqlx=OFF \\
        --secure-file-priv=NULL --log-bin=/scratch/log --sync-binlog=0 \\
        --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync \\
        --innodb-doublewrite=OFF --innodb-buffer-pool-size=64M --performance-schema=OFF \\
        --event-scheduler=OFF --max-connections=30 &
      child=$!
      wait $child
      """;

  private ScratchScript() {}

  static String of(Engine engine) {
    return switch (engine) {
      case PostgreSQL -> POSTGRESQL;
      case MariaDB -> MARIADB;
      case MySQL -> MYSQL;
    };
  }
}
