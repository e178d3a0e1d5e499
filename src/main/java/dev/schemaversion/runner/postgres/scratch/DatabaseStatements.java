package dev.schemaversion.runner.postgres.scratch;

import dev.schemaversion.runner.postgres.Quoted;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Grant;
import dev.schemaversion.runner.postgres.scratch.RealDatabase.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the statements that create a database like the real one before its first migration. */
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

  /** Omitted for PostgreSQL 14, which has no other provider and no option for it. */
  private String libc() {
    return real.major() < 15 ? "" : option("LOCALE_PROVIDER", "libc");
  }

  private static String option(String name, String value) {
    return " " + name + " = " + value;
  }

  /** Describes the locale for messages. */
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

  /** Returns the grants on the database. */
  List<String> rights(String name) {
    return rights("DATABASE", real.owner(), name);
  }

  /** Creates an in-place tablespace, in the scratch server's data directory. */
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
   * Returns the statements for the schemas that no migration created: those of other owners, or all
   * if the migrating user lacks the right to create schemas. {@code public} always exists if the
   * real database has it.
   */
  List<String> schemas() {
    var statements = new ArrayList<String>();
    statements.addAll(publicSchema());
    real.schemas().stream()
        .filter(schema -> !schema.name().equals("public"))
        .filter(schema -> !real.canBeMigrated(schema.owner()))
        .forEach(
            schema -> {
              statements.add(schema(schema));
              statements.addAll(rights("SCHEMA", schema, schema.name()));
            });
    return statements;
  }

  /**
   * Returns the statements for {@code public} only, because a dump does not drop it if the real
   * database lacks it.
   */
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

  /** Creates the schema of an extension, which the migrating user may own. */
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
