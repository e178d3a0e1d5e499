package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.contract.request.RequestedScratch;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens sessions on the scratch server, which in a pod requires no password. */
class Driver extends PGSimpleDataSource {
  private static final int CONNECT_SECONDS = 5;

  Driver(RequestedScratch address, String database, String user) {
    setServerNames(new String[] {address.host()});
    setPortNumbers(new int[] {address.port()});
    setDatabaseName(database);
    setUser(user);
    setPassword(address.passwordOrEmpty());
    setApplicationName("schemaversion");
    setSslMode("disable");
    setProperty(PGProperty.GSS_ENC_MODE, "disable");
    setConnectTimeout(CONNECT_SECONDS);
    setLoginTimeout(CONNECT_SECONDS + 5);
    setTcpKeepAlive(true);
    setAssumeMinServerVersion("10");
    setLogServerErrorDetail(false);
  }

  /** Configures sessions that send SQL unparsed, and that override the settings of the database. */
  final Driver asSingleQuery() {
    setProperty(PGProperty.PREFER_QUERY_MODE, "simple");
    setOptions("-c standard_conforming_strings=on -c search_path=pg_catalog -c jit=off");
    return this;
  }
}
