-- At least two objects of each kind that pg_dump -s writes, so that a property of one can be given
-- the value that the other has. Run as a superuser.
CREATE SCHEMA app AUTHORIZATION pg_monitor;
GRANT USAGE ON SCHEMA app TO pg_read_all_data;
CREATE EXTENSION citext SCHEMA app;

CREATE TYPE public.mood AS ENUM ('sad', 'ok');
CREATE TYPE public.size AS ENUM ('s', 'm');
CREATE TYPE public.pair AS (a integer, b varchar(10), c text COLLATE "C");
CREATE TYPE public.span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE public.words AS RANGE (subtype = text, collation = "C");
CREATE TYPE public.shell;
CREATE TYPE public.own;
CREATE FUNCTION public.own_in(cstring) RETURNS public.own LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION public.own_out(public.own) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE public.own (INPUT = public.own_in, OUTPUT = public.own_out, LIKE = integer, DEFAULT = '7',
  CATEGORY = 'X', DELIMITER = ';');
CREATE DOMAIN public.code AS varchar(10) COLLATE "C" DEFAULT 'x' CONSTRAINT code_check CHECK (VALUE <> 'y');
CREATE DOMAIN public.amount AS numeric(8, 2) NOT NULL CONSTRAINT positive CHECK (VALUE > 0);
GRANT USAGE ON TYPE public.mood TO pg_monitor WITH GRANT OPTION;
REVOKE USAGE ON TYPE public.code, public.span, public.pair, public.own FROM PUBLIC;
ALTER TYPE public.size OWNER TO pg_monitor;

CREATE COLLATION public.plain (locale = 'C');
CREATE COLLATION public.loose (provider = icu, locale = 'de', deterministic = false);
CREATE CONVERSION public.from_latin1 FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE DEFAULT CONVERSION public.to_latin1 FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;

CREATE FUNCTION public.twice(n integer DEFAULT 1, VARIADIC more integer[] DEFAULT '{}') RETURNS integer
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE LEAKPROOF COST 7 SUPPORT generate_series_int4_support
  SET search_path = '' SET work_mem = '1MB' RETURN n * 2;
CREATE FUNCTION public.rows_of(OUT a integer, OUT b text) RETURNS SETOF record
  LANGUAGE sql SECURITY DEFINER ROWS 5 AS 'SELECT 1, ''x''';
CREATE FUNCTION public.old_style(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION public.touch_too() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END';
CREATE FUNCTION public.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION public.on_ddl_too() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE FUNCTION public.shape(public.own) RETURNS integer LANGUAGE internal IMMUTABLE STRICT AS 'int4abs';
CREATE FUNCTION public.mood_of(integer) RETURNS public.mood LANGUAGE sql IMMUTABLE AS 'SELECT ''ok''::public.mood';
CREATE FUNCTION public.size_of(integer) RETURNS public.size LANGUAGE sql IMMUTABLE AS 'SELECT ''s''::public.size';
CREATE FUNCTION public.win() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE FUNCTION public.win_too(integer) RETURNS bigint LANGUAGE internal WINDOW COST 3 AS 'window_rank';
CREATE PROCEDURE public.renew(INOUT n integer) LANGUAGE sql AS 'SELECT n + 1';
CREATE PROCEDURE public.again(n integer, OUT m integer) LANGUAGE sql SECURITY DEFINER AS 'SELECT n';
GRANT EXECUTE ON FUNCTION public.twice TO pg_monitor;
REVOKE EXECUTE ON FUNCTION public.rows_of FROM PUBLIC;
ALTER FUNCTION public.old_style OWNER TO pg_monitor;
CREATE FUNCTION public.own_from(internal) RETURNS public.own LANGUAGE internal IMMUTABLE AS 'int4recv';
CREATE FUNCTION public.own_to(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'prsd_lextype';
CREATE AGGREGATE public.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl,
  MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0', PARALLEL = safe);
CREATE AGGREGATE public.largest(integer) (SFUNC = int4larger, STYPE = integer, SORTOP = >, SSPACE = 8);
CREATE AGGREGATE public.mean(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, SSPACE = 128,
  FINALFUNC = numeric_avg, FINALFUNC_MODIFY = read_only, COMBINEFUNC = numeric_avg_combine,
  SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize, MSFUNC = numeric_avg_accum,
  MINVFUNC = numeric_accum_inv, MSTYPE = internal, MSSPACE = 128, MFINALFUNC = numeric_avg);

CREATE OPERATOR public.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq, COMMUTATOR = OPERATOR(public.===),
  NEGATOR = OPERATOR(public.!==), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR public.!== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4ne, COMMUTATOR = OPERATOR(public.!==),
  NEGATOR = OPERATOR(public.===), RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR public.!! (RIGHTARG = integer, FUNCTION = int4abs);
CREATE OPERATOR FAMILY public.tree USING btree;
CREATE OPERATOR CLASS public.tree_ops DEFAULT FOR TYPE public.pair USING btree FAMILY public.tree AS
  OPERATOR 1 <(record, record), OPERATOR 3 =(record, record), FUNCTION 1 btrecordcmp(record, record);
CREATE OPERATOR CLASS public.hashed FOR TYPE integer USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE OPERATOR FAMILY public.near USING gist;
CREATE OPERATOR CLASS public.near_ops FOR TYPE point USING gist FAMILY public.near AS STORAGE box,
  OPERATOR 1 <<, OPERATOR 15 <->(point, point) FOR ORDER BY float_ops,
  FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal);
ALTER OPERATOR FAMILY public.tree USING btree ADD FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint),
  OPERATOR 1 <(integer, bigint);
CREATE CAST (public.mood AS integer) WITH INOUT AS ASSIGNMENT;
CREATE CAST (integer AS public.mood) WITH FUNCTION public.mood_of(integer) AS IMPLICIT;
CREATE CAST (integer AS public.size) WITH FUNCTION public.size_of(integer);
CREATE CAST (public.own AS integer) WITHOUT FUNCTION;

CREATE TEXT SEARCH TEMPLATE public.lexer (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH TEMPLATE public.lexer_too (LEXIZE = dispell_lexize);
CREATE TEXT SEARCH PARSER public.words_of (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
  HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH DICTIONARY public.plain_words (TEMPLATE = simple, ACCEPT = false);
CREATE TEXT SEARCH DICTIONARY public.our_words (TEMPLATE = public.lexer);
CREATE TEXT SEARCH CONFIGURATION public.found_by (PARSER = public.words_of);
ALTER TEXT SEARCH CONFIGURATION public.found_by ADD MAPPING FOR asciiword, word WITH public.plain_words, public.our_words;
CREATE TEXT SEARCH CONFIGURATION public.found_too (PARSER = pg_catalog.default);
ALTER TEXT SEARCH CONFIGURATION public.found_too ADD MAPPING FOR asciiword WITH simple;

CREATE SEQUENCE public.numbers AS integer START 5 INCREMENT 3 MINVALUE 2 MAXVALUE 500 CACHE 4 CYCLE;
CREATE SEQUENCE app.others;
CREATE TABLE public.customer (
  id serial CONSTRAINT customer_key PRIMARY KEY,
  name varchar(100) COLLATE "C" NOT NULL,
  status varchar(20) DEFAULT 'new' CONSTRAINT customer_status CHECK (status <> 'gone') NO INHERIT,
  tags text[] COMPRESSION pglz,
  score numeric(8, 2) GENERATED ALWAYS AS (id * 2.5) STORED,
  code public.code,
  mood public.mood DEFAULT 'sad',
  during tstzrange,
  own public.own,
  CONSTRAINT customer_name UNIQUE NULLS NOT DISTINCT (name) INCLUDE (status) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT customer_during EXCLUDE USING gist (during WITH &&) WHERE (id > 0)
) WITH (fillfactor = 70, toast.autovacuum_enabled = off);
ALTER SEQUENCE public.numbers OWNED BY public.customer.id;
ALTER TABLE public.customer ALTER name SET STATISTICS 7, ALTER tags SET STORAGE external,
  ALTER id SET (n_distinct = 5), CLUSTER ON customer_key;
CREATE TABLE public.orders (
  id bigint GENERATED BY DEFAULT AS IDENTITY (START 9) PRIMARY KEY,
  again bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  customer integer CONSTRAINT of_customer REFERENCES public.customer ON DELETE SET NULL (customer) ON UPDATE CASCADE
    DEFERRABLE INITIALLY DEFERRED,
  at timestamptz DEFAULT now(),
  a integer, b integer,
  CONSTRAINT orders_pair UNIQUE (a, b),
  CONSTRAINT orders_time CHECK (at > '2020-01-01 00:00:00+01')
);
ALTER TABLE public.orders ADD CONSTRAINT later CHECK (customer > 0) NOT VALID;
ALTER TABLE public.orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, REPLICA IDENTITY FULL;
CREATE TABLE public.items (a integer, b integer,
  CONSTRAINT of_orders FOREIGN KEY (a, b) REFERENCES public.orders (a, b) MATCH FULL);
CREATE UNLOGGED TABLE public.quick (a integer NOT NULL, b text) USING heap;
CREATE UNIQUE INDEX quick_a ON public.quick (a);
ALTER TABLE public.quick REPLICA IDENTITY USING INDEX quick_a;
CREATE TABLE public.parent (a integer NOT NULL, b text DEFAULT 'x', CONSTRAINT positive CHECK (a > 0));
CREATE TABLE public.typed_parent (e integer);
CREATE TABLE public.child (c integer) INHERITS (public.parent);
CREATE TABLE public.heir (d integer) INHERITS (public.parent, public.typed_parent);
CREATE TABLE public.typed OF public.pair (PRIMARY KEY (a));
CREATE TABLE public.log (at date NOT NULL, what text, n integer) PARTITION BY RANGE (at, (n + 1));
CREATE TABLE public.log_2024 PARTITION OF public.log FOR VALUES FROM ('2024-01-01', 0) TO ('2025-01-01', 0);
CREATE TABLE public.log_2025 PARTITION OF public.log (what DEFAULT 'y' NOT NULL)
  FOR VALUES FROM ('2025-01-01', 0) TO ('2026-01-01', 0) PARTITION BY LIST (what);
CREATE TABLE public.log_2025_x PARTITION OF public.log_2025 FOR VALUES IN ('x');
CREATE TABLE public.hashed (a text COLLATE "C" PRIMARY KEY) PARTITION BY HASH (a COLLATE "C");
CREATE TABLE public.by_sum (a integer, n integer) PARTITION BY RANGE (a, (n + 2));
CREATE TABLE public.hashed_0 PARTITION OF public.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE INDEX log_what ON public.log (what);
CREATE INDEX log_2024_n ON public.log_2024 (n) WITH (fillfactor = 60);
CREATE INDEX customer_open ON public.customer (lower(name) COLLATE "C" text_pattern_ops DESC NULLS LAST) INCLUDE (id)
  WITH (fillfactor = 80) WHERE status <> 'old';
CREATE INDEX customer_status_is ON public.customer USING hash (status) ;
CREATE INDEX customer_two ON public.customer ((id + 1), name) WHERE id > 5;
ALTER INDEX public.customer_two ALTER COLUMN 1 SET STATISTICS 9;
CREATE STATISTICS public.both_of (dependencies) ON status, name FROM public.customer;
CREATE STATISTICS app.of_expression ON (id + 1), (id + 2) FROM public.customer;
CREATE STATISTICS app.of_three ON (id + 3), (id + 4) FROM public.customer;
CREATE STATISTICS public.all_of (ndistinct) ON id, code FROM public.customer;
ALTER STATISTICS public.both_of SET STATISTICS 8;
CREATE TRIGGER touched BEFORE UPDATE OF at ON public.orders FOR EACH ROW
  WHEN (OLD.customer IS DISTINCT FROM NEW.customer) EXECUTE FUNCTION public.touch('a', 'b');
CREATE TRIGGER touched_b BEFORE UPDATE OF b ON public.orders FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE TRIGGER touched_too AFTER UPDATE ON public.orders REFERENCING OLD TABLE AS was NEW TABLE AS is_now
  FOR EACH STATEMENT EXECUTE FUNCTION public.touch_too();
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON public.orders FROM public.customer DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.customer > 1) EXECUTE FUNCTION public.touch();
CREATE TRIGGER logged BEFORE INSERT ON public.log FOR EACH ROW EXECUTE FUNCTION public.touch();
ALTER TABLE public.orders ENABLE ALWAYS TRIGGER touched_too, DISABLE TRIGGER checked;
CREATE RULE keep AS ON DELETE TO public.customer WHERE OLD.id > 1 DO INSTEAD NOTHING;
CREATE RULE also AS ON INSERT TO public.customer WHERE NEW.id > 2 DO ALSO UPDATE public.items SET a = 1;
ALTER TABLE public.customer DISABLE RULE also;
CREATE POLICY mine ON public.orders AS RESTRICTIVE FOR UPDATE TO pg_monitor USING (a > 1) WITH CHECK (b > 1);
CREATE POLICY yours ON public.orders USING (b > 2);

CREATE VIEW public.open_customers WITH (security_barrier) AS SELECT id, name FROM public.customer WHERE id > 1;
CREATE VIEW app.by_status AS SELECT status, count(*) AS n FROM public.customer GROUP BY status;
ALTER VIEW public.open_customers ALTER name SET DEFAULT 'x';
ALTER VIEW public.open_customers OWNER TO pg_monitor;
CREATE MATERIALIZED VIEW public.names WITH (fillfactor = 50) AS SELECT DISTINCT name FROM public.customer;
CREATE MATERIALIZED VIEW public.never AS SELECT 1 AS one WITH NO DATA;
CREATE UNIQUE INDEX names_key ON public.names (name);

CREATE FOREIGN DATA WRAPPER far OPTIONS (a 'b');
CREATE FOREIGN DATA WRAPPER near;
CREATE SERVER there TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER far OPTIONS (host 'h');
CREATE SERVER here FOREIGN DATA WRAPPER near;
GRANT USAGE ON FOREIGN DATA WRAPPER far TO pg_monitor;
GRANT USAGE ON FOREIGN SERVER there TO pg_monitor;
CREATE USER MAPPING FOR PUBLIC SERVER there OPTIONS (user 'x');
CREATE USER MAPPING FOR pg_monitor SERVER here;
CREATE FOREIGN TABLE public.remote (a integer OPTIONS (column_name 'x') NOT NULL, b text DEFAULT 'x')
  SERVER there OPTIONS (table_name 't');
CREATE FOREIGN TABLE public.remote_too (a integer) SERVER here;

CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION public.on_ddl();
CREATE EVENT TRIGGER watch_too ON sql_drop EXECUTE FUNCTION public.on_ddl_too();
ALTER EVENT TRIGGER watch_too DISABLE;
CREATE PUBLICATION a_few FOR TABLE public.parent (a) WHERE (a > 1) WITH (publish = 'insert');
CREATE PUBLICATION schemas FOR TABLES IN SCHEMA app;
CREATE PUBLICATION whole FOR ALL TABLES WITH (publish_via_partition_root);
CREATE PUBLICATION several FOR TABLE public.orders, public.parent, TABLES IN SCHEMA public;
CREATE TRUSTED LANGUAGE tongue HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE LANGUAGE other_tongue HANDLER plpgsql_call_handler;
GRANT USAGE ON LANGUAGE tongue TO pg_monitor;
CREATE TRANSFORM FOR public.own LANGUAGE tongue (FROM SQL WITH FUNCTION public.own_to(internal), TO SQL WITH FUNCTION public.own_from(internal));
CREATE FUNCTION public.shaped(public.own) RETURNS integer LANGUAGE tongue TRANSFORM FOR TYPE public.own
  AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD heap_too TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD tree TYPE INDEX HANDLER bthandler;
CREATE TABLE public.odd (a integer) USING heap_too;

GRANT SELECT, INSERT ON public.customer TO pg_monitor WITH GRANT OPTION;
GRANT SELECT (at) ON public.orders TO pg_monitor;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT ON TABLES TO pg_monitor;
ALTER DEFAULT PRIVILEGES FOR ROLE pg_monitor IN SCHEMA app GRANT EXECUTE ON FUNCTIONS TO pg_read_all_data;
ALTER FUNCTION public.touch() DEPENDS ON EXTENSION citext;
COMMENT ON TABLE public.customer IS 'who pays';
COMMENT ON COLUMN public.customer.name IS 'how they are called';
COMMENT ON EVENT TRIGGER watch IS 'who did it';
-- A label needs a module that provides it, and no server of a test has one.
SET allow_system_table_mods = on;
INSERT INTO pg_seclabel VALUES ('public.customer'::regclass, 'pg_class'::regclass, 0, 'nobody', 'secret');
