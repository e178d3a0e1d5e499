package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Grant;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes a database and what is in it before any migration like those of the real server. */
final class DatabaseStatements {
  private static final String OWN = "pg_database_owner";

  private final RealDatabase real;

  DatabaseStatements(RealDatabase real) {
    this.real = real;
  }

  String create(String name) {
    var locale = real.locale();
    return "CREATE DATABASE "
        + Quoted.name(name)
        + " TEMPLATE template0"
        + option("OWNER", Quoted.name(real.owner().owner()))
        + option("ENCODING", Quoted.text(locale.encoding()))
        + option("LC_COLLATE", Quoted.text(locale.collate()))
        + option("LC_CTYPE", Quoted.text(locale.characterType()))
        + (locale.provider().equals("libc") ? libc() : option("LOCALE_PROVIDER", locale.provider()))
        + (locale.locale() == null || locale.provider().equals("libc")
            ? ""
            : option(locale.provider() + "_LOCALE", Quoted.text(locale.locale())))
        + (locale.rules() == null ? "" : option("ICU_RULES", Quoted.text(locale.rules())));
  }

  /** PostgreSQL 14 knows no other, and no word for it. */
  private String libc() {
    return real.major() < 15 ? "" : option("LOCALE_PROVIDER", "libc");
  }

  private static String option(String name, String value) {
    return " " + name + " = " + value;
  }

  /** The locale as messages name it. */
  String locale() {
    var locale = real.locale();
    return "encoding "
        + locale.encoding()
        + ", LC_COLLATE “"
        + locale.collate()
        + "”, LC_CTYPE “"
        + locale.characterType()
        + "”"
        + (locale.locale() == null ? "" : ", " + locale.provider() + " “" + locale.locale() + "”");
  }

  /** Rights on the database. They are there for the real one's name. */
  List<String> rights(String name) {
    return rights("DATABASE", real.owner(), name);
  }

  /** A tablespace is a folder of the scratch server's own. */
  static String tablespace(Owned tablespace) {
    return "CREATE TABLESPACE "
        + Quoted.name(tablespace.name())
        + " OWNER "
        + Quoted.name(tablespace.owner())
        + " LOCATION ''";
  }

  List<String> tablespaceRights() {
    return real.tablespaces().stream()
        .flatMap(space -> rights("TABLESPACE", space, space.name()).stream())
        .toList();
  }

  /**
   * The schemas that no migration has made: those of other owners, unless the migrating user may
   * make none. {@code public} is there from the start, if the real database has it.
   */
  List<String> schemas() {
    var statements = new ArrayList<String>();
    statements.addAll(publicSchema());
    real.schemas().stream()
        .filter(schema -> !schema.name().equals("public"))
        .filter(schema -> !real.mayBeMigrated(schema.owner()))
        .forEach(
            schema -> {
              statements.add(schema(schema));
              statements.addAll(rights("SCHEMA", schema, schema.name()));
            });
    return statements;
  }

  /** Only {@code public}, which a dump does not mention if it is missing. */
  List<String> publicSchema() {
    var own = real.schemas().stream().filter(s -> s.name().equals("public")).findFirst();
    if (own.isEmpty()) {
      return List.of("DROP SCHEMA public");
    }
    var statements = new ArrayList<String>();
    statements.add("ALTER SCHEMA public OWNER TO " + Quoted.name(own.get().owner()));
    statements.addAll(rights("SCHEMA", own.get(), "public"));
    return statements;
  }

  /** A schema of an extension, which may be the migrating user's. */
  static String schema(Owned schema) {
    return "CREATE SCHEMA IF NOT EXISTS "
        + Quoted.name(schema.name())
        + " AUTHORIZATION "
        + Quoted.name(schema.owner());
  }

  private List<String> rights(String kind, Owned object, String name) {
    if (!object.rightsAreSet()) {
      return List.of();
    }
    var on = " ON " + kind + " " + Quoted.name(name);
    var grants =
        real.grants().stream()
            .filter(grant -> grant.on().equals(kind) && grant.name().equals(object.name()))
            .filter(grant -> isKnown(grant.to()))
            .toList();
    var statements = new ArrayList<String>();
    statements.add("REVOKE ALL" + on + " FROM PUBLIC, " + Quoted.name(object.owner()));
    statements.addAll(
        grants.stream()
            .collect(
                Collectors.groupingBy(
                    grant -> to(grant), java.util.TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(
                each ->
                    "GRANT "
                        + each.getValue().stream()
                            .map(Grant::privilege)
                            .collect(Collectors.joining(", "))
                        + on
                        + " TO "
                        + each.getKey())
            .toList());
    return statements;
  }

  private boolean isKnown(String role) {
    return role == null || role.equals(OWN) || real.role(role).isPresent();
  }

  private static String to(Grant grant) {
    return grant.to() == null
        ? "PUBLIC"
        : Quoted.name(grant.to()) + (grant.grantable() ? " WITH GRANT OPTION" : "");
  }
}
