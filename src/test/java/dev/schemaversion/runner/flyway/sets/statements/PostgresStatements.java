package dev.schemaversion.runner.flyway.sets.statements;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Statements of PostgreSQL. */
public final class PostgresStatements extends Statements {
  private static final List<Table.Type> TYPES =
      List.of(
          new Table.Type("integer", "bigint", true, List.of("1", "42", "NULL")),
          new Table.Type("varchar(20)", "text", true, List.of("'a'", "'ö;'", "NULL")),
          new Table.Type("numeric(8,2)", "numeric(12,4)", true, List.of("1.50", "-2")),
          new Table.Type("date", "timestamp", true, List.of("'2024-02-29'", "NULL")),
          new Table.Type("boolean", "boolean", true, List.of("true", "false", "NULL")),
          new Table.Type("jsonb", "jsonb", false, List.of("'{\"a\": [1, \"x;\"]}'", "NULL")),
          new Table.Type("text[]", "text[]", false, List.of("'{a,b}'", "ARRAY['x']", "NULL")),
          new Table.Type("uuid", "uuid", true, List.of("'6b2e1e9c-8d3d-4c25-9d70-111111111111'")),
          new Table.Type("bytea", "bytea", false, List.of("'\\x00ff'", "NULL")),
          new Table.Type("char(3)", "varchar(9)", true, List.of("'EUR'", "NULL")));

  /** Statements about tables whose names begin with the prefix. */
  public PostgresStatements(Random random, Placeholders placeholders, String prefix) {
    super(random, placeholders, prefix);
  }

  @Override
  List<Table.Type> types() {
    return TYPES;
  }

  @Override
  String id() {
    return chance.pick(
        List.of(
            "id serial PRIMARY KEY",
            "id bigserial PRIMARY KEY",
            "id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY"));
  }

  @Override
  String widen(Table table, Table.Column column) {
    return "ALTER TABLE %s ALTER COLUMN %s DROP DEFAULT, ALTER COLUMN %2$s TYPE %s;\n"
        .formatted(table.name, column.name, column.type.wider());
  }

  @Override
  String require(Table table, Table.Column column) {
    return "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;\n".formatted(table.name, column.name);
  }

  @Override
  String dropIndex(String index, String table) {
    return "DROP INDEX " + index + ";\n";
  }

  @Override
  public String widenAnchor() {
    return "ALTER TABLE anchor ALTER COLUMN amount TYPE varchar(%d);\n"
        .formatted(30 + chance.below(50));
  }

  @Override
  List<Supplier<String>> ofTheEngine() {
    return List.of(
        this::function,
        this::trigger,
        this::enumeration,
        this::sequence,
        this::block,
        this::check,
        this::comment,
        this::materializedView,
        this::partitioned,
        this::copy,
        this::policy,
        this::expressionIndex,
        this::domain,
        this::generatedColumn,
        this::dumped);
  }

  private String function() {
    return chance
        .pick(
            List.of(
                """
            CREATE FUNCTION %s(x integer) RETURNS integer LANGUAGE plpgsql AS $body$
            BEGIN
              -- größer; or not
              RETURN x + 1;
            END $body$;
            """,
                "CREATE FUNCTION %s(x integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 * 2;';\n",
                "CREATE FUNCTION %s(x text) RETURNS text LANGUAGE sql AS $$ SELECT ';' || x $$;\n"))
        .formatted(newName("f"));
  }

  private String trigger() {
    var table = anyTable();
    table.needed = true;
    return """
    CREATE FUNCTION %1$s() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.label = 'plain' THEN NEW.label := 'changed by a trigger'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER by_%1$s BEFORE INSERT ON %2$s FOR EACH ROW EXECUTE FUNCTION %1$s();
    """
        .formatted(newName("tr"), table.name);
  }

  private String enumeration() {
    return """
    CREATE TYPE %1$s AS ENUM ('one', 'größer');
    ALTER TABLE %2$s ADD COLUMN of_%1$s %1$s DEFAULT 'größer';
    ALTER TYPE %1$s ADD VALUE 'three';
    """
        .formatted(newName("e"), anyTable().name);
  }

  private String sequence() {
    var sequence = newName("s");
    return "CREATE SEQUENCE %1$s START 5;\nSELECT setval('%1$s', 17);\n".formatted(sequence);
  }

  private String block() {
    return """
    DO $$
    BEGIN
      FOR i IN 1..2 LOOP
        INSERT INTO anchor (id, name) SELECT coalesce(max(id), 0) + 1, 'from a block' FROM anchor;
      END LOOP;
    END $$;
    """;
  }

  private String check() {
    return """
    ALTER TABLE %s ADD CONSTRAINT %s CHECK (length(label) < 1000 AND label NOT IN ('x', 'y'));
    """
        .formatted(anyTable().name, newName("ck"));
  }

  private String comment() {
    return "COMMENT ON TABLE %s IS 'of %s';\n"
        .formatted(anyTable().name, placeholders.of("app.name", "nobody"));
  }

  private String materializedView() {
    var table = anyTable();
    table.needed = true;
    return "CREATE MATERIALIZED VIEW %s AS SELECT label, count(*) FROM %s GROUP BY label;\n"
        .formatted(newName("m"), table.name);
  }

  private String partitioned() {
    return """
    CREATE TABLE %1$s (id integer, at date NOT NULL) PARTITION BY RANGE (at);
    CREATE TABLE %1$s_2024 PARTITION OF %1$s FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    INSERT INTO %1$s VALUES (1, '2024-05-05');
    """
        .formatted(newName("part"));
  }

  private String copy() {
    var table = anyTable();
    if (table.columns.stream().anyMatch(column -> column.mandatory)) {
      return null;
    }
    return "COPY %s (label) FROM stdin;\ncopied\nwith;semicolon -- 'and' \\\\more\ngrößer\n\\.\n"
        .formatted(table.name);
  }

  private String policy() {
    var table = anyTable();
    return "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;\nCREATE POLICY %s ON %1$s USING (id > 0);\n"
        .formatted(table.name, newName("pol"));
  }

  private String expressionIndex() {
    return "CREATE INDEX %s ON %s (lower(label)) WHERE label <> 'none';\n"
        .formatted(newName("x"), anyTable().name);
  }

  private String domain() {
    return "CREATE DOMAIN %s AS varchar(9) CHECK (VALUE IN ('a', 'b'));\n"
        .formatted(newName("dom"));
  }

  private String generatedColumn() {
    return "ALTER TABLE %s ADD COLUMN %s integer GENERATED ALWAYS AS (length(label)) STORED;\n"
        .formatted(anyTable().name, newName("g"));
  }

  /** As pg_dump writes it; what follows in the script must find its tables nevertheless. */
  private String dumped() {
    return """
    SET client_min_messages = warning;
    SELECT pg_catalog.set_config('search_path', '', false);
    CREATE TABLE public.%1$s (id integer NOT NULL, label text);
    ALTER TABLE ONLY public.%1$s ADD CONSTRAINT %1$s_pkey PRIMARY KEY (id);
    COPY public.%1$s (id, label) FROM stdin;
    1\ta row
    2\t\\N
    \\.
    SET search_path = public;
    """
        .formatted(newName("dumped"));
  }
}
