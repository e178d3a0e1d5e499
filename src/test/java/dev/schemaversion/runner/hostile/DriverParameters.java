package dev.schemaversion.runner.hostile;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The parameters of all database drivers that are known from attacks: they load classes, read and
 * write files, run SQL, or connect to other servers.
 */
public final class DriverParameters {
  private final Map<String, String> values = new TreeMap<>();

  /**
   * Creates the parameters with values that are harmful if a driver applies them.
   *
   * @param file the file that an attack would write or read
   * @param port the local port that an attack would connect to
   */
  public DriverParameters(String file, int port) {
    var attackClass = InstantiationCounter.class.getName();
    // PostgreSQL's
    for (var loads :
        List.of(
            "socketFactory",
            "sslfactory",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "authenticationPluginClassName",
            "xmlFactoryFactory",
            "connectExecutor")) {
      values.put(loads, attackClass);
    }
    for (var argument : List.of("socketFactoryArg", "sslfactoryarg", "connectExecutorArg")) {
      values.put(argument, "http://127.0.0.1:" + port + "/beans.xml");
    }
    for (var path :
        List.of("loggerFile", "sslcert", "sslkey", "sslrootcert", "service", "requireAuth")) {
      values.put(path, file);
    }
    values.put("loggerLevel", "TRACE");
    values.put("jaasApplicationName", "canary");
    values.put("jaasLogin", "true");
    values.put("kerberosServerName", "canary");
    values.put("gsslib", "gssapi");
    values.put("gssEncMode", "require");
    values.put("sspiServiceClass", "canary");
    values.put("sslmode", "disable");
    values.put("options", "-c role=postgres");
    values.put("user", "postgres");
    values.put("password", "");
    values.put("PGHOST", "127.0.0.1");
    values.put("PGPORT", Integer.toString(port));
    values.put("host", "127.0.0.1");
    values.put("hostaddr", "127.0.0.1");
    values.put("port", Integer.toString(port));
    values.put("dbname", "postgres");
    values.put("PGDBNAME", "postgres");
    values.put("currentSchema", "pg_catalog");
    values.put("localSocketAddress", "127.0.0.2");
    values.put("replication", "database");
    values.put("allowEncodingChanges", "true");
    values.put("classLoaderStrategy", "driver");
    values.put("preferQueryMode", "simple");
    values.put("logServerErrorDetail", "true");
    values.put("stringtype", "unspecified");
    // MySQL's and MariaDB's
    for (var loads :
        List.of(
            "queryInterceptors",
            "statementInterceptors",
            "exceptionInterceptors",
            "connectionLifecycleInterceptors",
            "propertiesTransform",
            "authenticationPlugins",
            "defaultAuthenticationPlugin",
            "socksProxyHost",
            "loadBalanceStrategy",
            "serverAffinityOrder",
            "tlsSocketType",
            "credentialType",
            "logger",
            "profilerEventHandler")) {
      values.put(loads, attackClass);
    }
    for (var path :
        List.of(
            "serverRsaPublicKeyFile",
            "trustStore",
            "keyStore",
            "trustCertificateKeyStoreUrl",
            "clientCertificateKeyStoreUrl",
            "serverSslCert",
            "localSocket",
            "pipe",
            "namedPipePath",
            "allowLoadLocalInfileInPath",
            "geometryDefaultType")) {
      values.put(path, file);
    }
    for (var flag :
        List.of(
            "autoDeserialize",
            "allowLoadLocalInfile",
            "allowUrlInLocalInfile",
            "allowLocalInfile",
            "allowMultiQueries",
            "allowPublicKeyRetrieval",
            "autoGenerateTestcaseScript",
            "trustServerCertificate",
            "dumpQueriesOnException",
            "useServerPrepStmts",
            "createDatabaseIfNotExist")) {
      values.put(flag, "true");
    }
    values.put("detectCustomCollations", "true");
    values.put("restrictedAuth", "mysql_clear_password");
    values.put("sessionVariables", "sql_mode=''");
    values.put("initSql", "DROP TABLE t1");
    values.put("socketFactory", attackClass);
  }

  /** Returns each parameter in the syntax of URLs and connection strings. */
  List<String> assignments() {
    return values.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  /** Passes the name and value of each parameter to a consumer. */
  void each(BiConsumer<String, String> taker) {
    values.forEach(taker);
  }

  /** Returns the spellings of a name that may bypass an allow-list. */
  static Stream<String> spellings(String name) {
    return Stream.of(
            name,
            name.toLowerCase(Locale.ROOT),
            name.toUpperCase(Locale.ROOT),
            " " + name,
            name + "\n",
            "%" + Integer.toHexString(name.charAt(0)) + name.substring(1),
            "connectTimeout=10&" + name)
        .distinct();
  }

  /** Returns a text followed by a parameter, in the ways that may make a driver apply it. */
  static Stream<String> appended(String text, String assignment) {
    return Stream.of("?", "&", ";", "#", "/?", "\n", " ", ",", "?a=b&")
        .map(separator -> text + separator + assignment)
        .flatMap(raw -> Stream.of(raw, encoded(raw), encoded(encoded(raw))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
