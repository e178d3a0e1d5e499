-- The objects of a set of schemas, one row each: kind, container, name in the container,
-- definition, state. The search_path is empty, so that all names are qualified.
--
-- A definition is NULL only if a deparse function returned NULL, which means that another session
-- has just dropped the object. Therefore pieces are joined with ||, never with concat_ws, which
-- would hide the NULL. Definitions omit the name of the object itself, and are executable.
WITH ns AS MATERIALIZED (
  SELECT oid, quote_ident(nspname) AS name, nspowner, nspacl FROM pg_namespace
  WHERE nspname = ANY (?)
),
-- Members of extensions, and objects that depend internally on another one: array and row types,
-- the constructors and casts of ranges.
part AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend
  WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
     OR deptype = 'i' AND classid IN ('pg_type'::regclass, 'pg_proc'::regclass,
       'pg_cast'::regclass)
),
-- The history tables of all Flyway sets in these schemas, identified by their columns.
history AS MATERIALIZED (
  SELECT a.attrelid FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
  JOIN ns ON ns.oid = c.relnamespace
  WHERE a.attnum > 0 AND NOT a.attisdropped
  GROUP BY a.attrelid
  HAVING count(*) = 10 AND array_agg(a.attname::text ORDER BY a.attname) = ARRAY['checksum',
    'description', 'execution_time', 'installed_by', 'installed_on', 'installed_rank', 'script',
    'success', 'type', 'version']
),
rel AS MATERIALIZED (
  SELECT c.*, ns.name AS within, quote_ident(c.relname) AS local,
    ns.name || '.' || quote_ident(c.relname) AS name
  FROM pg_class c JOIN ns ON ns.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
    AND NOT EXISTS (SELECT FROM part WHERE classid = 'pg_class'::regclass AND objid = c.oid)
    AND NOT EXISTS (SELECT FROM history WHERE attrelid = c.oid)
),
typ AS MATERIALIZED (
  SELECT t.*, ns.name AS within, quote_ident(t.typname) AS local,
    ns.name || '.' || quote_ident(t.typname) AS name
  FROM pg_type t JOIN ns ON ns.oid = t.typnamespace
  WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_type'::regclass AND objid = t.oid)
),
proc AS MATERIALIZED (
  SELECT p.*, ns.name AS within,
    quote_ident(p.proname) || '(' || oidvectortypes(p.proargtypes) || ')' AS local,
    ns.name || '.' || quote_ident(p.proname) AS name
  FROM pg_proc p JOIN ns ON ns.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_proc'::regclass AND objid = p.oid)
),
-- A partition, with the table it is a part of.
partition AS MATERIALIZED (
  SELECT c.oid, i.inhparent,
    CASE WHEN p.relnamespace = c.relnamespace THEN c.local ELSE c.name END AS local,
    pn.name || '.' || quote_ident(p.relname) AS parent
  FROM rel c
  JOIN pg_inherits i ON i.inhrelid = c.oid
  JOIN pg_class p ON p.oid = i.inhparent
  JOIN (SELECT oid, quote_ident(nspname) AS name FROM pg_namespace) pn ON pn.oid = p.relnamespace
  WHERE c.relispartition
),
-- Everything with an owner or with rights: the class of its default rights and its name in GRANT
-- and ALTER. The owner of public is taken over from the real database, so it is never compared.
held AS MATERIALIZED (
  SELECT CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS class,
    CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS word, name, oid AS relation,
    CASE WHEN EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
        AND d.objid = rel.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        AND d.refobjsubid > 0 AND relkind = 'S')
      THEN 0 ELSE relowner END AS owner, relowner AS holder, relacl AS acl
  FROM rel
  UNION ALL
  SELECT 'f', CASE prokind WHEN 'p' THEN 'PROCEDURE' WHEN 'a' THEN 'ROUTINE' ELSE 'FUNCTION' END,
    within || '.' || local, 0, proowner, proowner, proacl FROM proc
  UNION ALL
  SELECT 'T', 'TYPE', name, 0, typowner, typowner, typacl FROM typ
  UNION ALL
  SELECT 'n', 'SCHEMA', name, 0, CASE name WHEN 'public' THEN 0 ELSE nspowner END, nspowner, nspacl
  FROM ns
  UNION ALL
  SELECT 'l', 'LANGUAGE', quote_ident(lanname), 0, lanowner, lanowner, lanacl FROM pg_language o
  WHERE o.oid >= 16384
    AND NOT EXISTS (SELECT FROM part WHERE classid = 'pg_language'::regclass AND objid = o.oid)
  UNION ALL
  SELECT 'F', 'FOREIGN DATA WRAPPER', quote_ident(fdwname), 0, fdwowner, fdwowner, fdwacl
  FROM pg_foreign_data_wrapper o WHERE NOT EXISTS (SELECT FROM part
    WHERE classid = 'pg_foreign_data_wrapper'::regclass AND objid = o.oid)
  UNION ALL
  SELECT 'S', 'FOREIGN SERVER', quote_ident(srvname), 0, srvowner, srvowner, srvacl
  FROM pg_foreign_server o WHERE NOT EXISTS (SELECT FROM part
    WHERE classid = 'pg_foreign_server'::regclass AND objid = o.oid)
  UNION ALL
  SELECT NULL, 'PUBLICATION', quote_ident(pubname), 0, pubowner, pubowner, NULL FROM pg_publication
  UNION ALL
  SELECT NULL, word, ns.name || '.' || o.name, 0, o.owner, o.owner, NULL FROM (
    SELECT 'pg_collation'::regclass AS catalog, oid, 'COLLATION' AS word, collnamespace AS schema,
      quote_ident(collname) AS name, collowner AS owner FROM pg_collation
    UNION ALL SELECT 'pg_conversion'::regclass, oid, 'CONVERSION', connamespace,
      quote_ident(conname), conowner FROM pg_conversion
    UNION ALL SELECT 'pg_operator'::regclass, oid, 'OPERATOR', oprnamespace,
      oprname || '(' || CASE oprleft WHEN 0 THEN 'NONE' ELSE format_type(oprleft, NULL) END || ', '
        || CASE oprright WHEN 0 THEN 'NONE' ELSE format_type(oprright, NULL) END || ')', oprowner
      FROM pg_operator
    UNION ALL SELECT 'pg_opclass'::regclass, o.oid, 'OPERATOR CLASS', opcnamespace,
      quote_ident(opcname) || ' USING ' || quote_ident(amname), opcowner
      FROM pg_opclass o JOIN pg_am a ON a.oid = opcmethod
    UNION ALL SELECT 'pg_opfamily'::regclass, o.oid, 'OPERATOR FAMILY', opfnamespace,
      quote_ident(opfname) || ' USING ' || quote_ident(amname), opfowner
      FROM pg_opfamily o JOIN pg_am a ON a.oid = opfmethod
    UNION ALL SELECT 'pg_ts_config'::regclass, oid, 'TEXT SEARCH CONFIGURATION', cfgnamespace,
      quote_ident(cfgname), cfgowner FROM pg_ts_config
    UNION ALL SELECT 'pg_ts_dict'::regclass, oid, 'TEXT SEARCH DICTIONARY', dictnamespace,
      quote_ident(dictname), dictowner FROM pg_ts_dict
    UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, 'STATISTICS', stxnamespace,
      quote_ident(stxname), stxowner FROM pg_statistic_ext
  ) o JOIN ns ON ns.oid = o.schema
  WHERE NOT EXISTS (SELECT FROM part WHERE classid = o.catalog AND objid = o.oid)
),
-- ALTER TABLE … DISABLE TRIGGER ALL disables foreign keys, and no other property shows that.
unenforced AS MATERIALIZED (
  SELECT DISTINCT tgconstraint FROM pg_trigger
  WHERE tgisinternal AND tgconstraint <> 0 AND tgenabled <> 'O'
)

SELECT 'schema' AS kind, '' AS within, name AS local, '' AS definition, '' AS state FROM ns

UNION ALL
SELECT 'extension', '', quote_ident(extname), '', '' FROM pg_extension

UNION ALL
SELECT CASE c.relkind WHEN 'f' THEN 'foreign table' ELSE 'table' END, within, local,
  ltrim(
    CASE c.relpersistence WHEN 'u' THEN ' UNLOGGED' ELSE '' END
    || CASE WHEN c.reloftype = 0 THEN '' ELSE ' OF ' || format_type(c.reloftype, NULL) END
    || coalesce((SELECT ' INHERITS (' || string_agg(inhparent::regclass::text, ', '
         ORDER BY inhseqno) || ')' FROM pg_inherits WHERE inhrelid = c.oid), '')
    || CASE c.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END
    || coalesce((SELECT ' SERVER ' || quote_ident(srvname)
         || coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(option_name) || ' '
              || quote_literal(option_value), ', ' ORDER BY option_name)
              FROM pg_options_to_table(ftoptions)) || ')', '')
         FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver
         WHERE ftrelid = c.oid), '')),
  CASE WHEN c.relrowsecurity THEN ' (row security)' ELSE '' END
  || CASE WHEN c.relforcerowsecurity THEN ' (row security forced)' ELSE '' END
FROM rel c WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition

UNION ALL
SELECT 'partition', p.parent, p.local,
  pg_get_expr(c.relpartbound, c.oid)
  || CASE c.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END
  || CASE c.relpersistence WHEN 'u' THEN ' UNLOGGED' ELSE '' END
  || coalesce((SELECT ' SERVER ' || quote_ident(srvname)
         || coalesce(' OPTIONS (' || (SELECT string_agg(quote_ident(option_name) || ' '
              || quote_literal(option_value), ', ' ORDER BY option_name)
              FROM pg_options_to_table(ftoptions)) || ')', '')
         FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver
         WHERE ftrelid = c.oid), ''),
  CASE WHEN c.relrowsecurity THEN ' (row security)' ELSE '' END
  || CASE WHEN c.relforcerowsecurity THEN ' (row security forced)' ELSE '' END
  || CASE WHEN (SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = c.oid)
       THEN ' (detach pending)' ELSE '' END
FROM rel c JOIN partition p ON p.oid = c.oid

UNION ALL
-- A DBA may need another one than the migrations' for a replica of his own.
SELECT 'replica identity', c.name, i.local, 'ALTER TABLE ' || c.name || ' REPLICA IDENTITY '
  || i.text, ''
FROM rel c, LATERAL (
  SELECT CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END AS local,
    CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END AS text
  WHERE c.relreplident IN ('f', 'n')
  UNION ALL
  SELECT quote_ident(x.relname), 'USING INDEX ' || quote_ident(x.relname)
  FROM pg_index n JOIN pg_class x ON x.oid = n.indexrelid
  WHERE n.indrelid = c.oid AND n.indisreplident AND c.relreplident = 'i') i
WHERE c.relkind IN ('r', 'p', 'm')

UNION ALL
SELECT CASE WHEN c.relkind IN ('v', 'm') THEN 'view column' ELSE 'column' END, c.name,
  quote_ident(a.attname),
  format_type(a.atttypid, a.atttypmod)
  || CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation
       THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
  || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
  || CASE a.attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
       WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' ELSE '' END
  || CASE WHEN d.oid IS NULL THEN ''
       WHEN a.attgenerated = '' THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
       ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ')'
         || CASE a.attgenerated WHEN 'v' THEN ' VIRTUAL' ELSE ' STORED' END
     END,
  -- since 18, NOT NULL is a constraint; before, there is no such row
  CASE WHEN n.convalidated = false THEN ' (NOT NULL not valid)' ELSE '' END
  || CASE WHEN n.connoinherit THEN ' (NOT NULL not inherited)' ELSE '' END
  || CASE WHEN c.relkind <> 'f' OR a.attfdwoptions IS NULL THEN ''
       ELSE (SELECT ' (options ' || string_agg(quote_ident(option_name) || ' '
               || quote_literal(option_value), ', ' ORDER BY option_name) || ')'
               FROM pg_options_to_table(a.attfdwoptions)) END
FROM pg_attribute a
JOIN rel c ON c.oid = a.attrelid AND c.relkind <> 'S'
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_constraint n
  ON n.conrelid = a.attrelid AND n.contype = 'n' AND n.conkey[1] = a.attnum
LEFT JOIN pg_inherits h ON h.inhrelid = c.oid AND c.relispartition
LEFT JOIN pg_attribute ha ON ha.attrelid = h.inhparent AND ha.attname = a.attname
LEFT JOIN pg_attrdef hd ON hd.adrelid = ha.attrelid AND hd.adnum = ha.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
  -- of a partition's columns, those that differ from the parent's
  AND (NOT c.relispartition OR a.attnotnull <> ha.attnotnull OR a.attfdwoptions IS NOT NULL
    OR pg_get_expr(d.adbin, d.adrelid) IS DISTINCT FROM pg_get_expr(hd.adbin, hd.adrelid))

UNION ALL
SELECT 'constraint', c.name, quote_ident(k.conname), pg_get_constraintdef(k.oid),
  CASE WHEN u.tgconstraint IS NULL THEN '' ELSE ' (enforcement disabled)' END
  || CASE WHEN k.contype IN ('p', 'u', 'x') AND x.indisvalid = false THEN ' (invalid)' ELSE '' END
FROM pg_constraint k
JOIN rel c ON c.oid = k.conrelid
LEFT JOIN unenforced u ON u.tgconstraint = k.oid
LEFT JOIN pg_index x ON x.indexrelid = k.conindid
WHERE k.contype IN ('c', 'f', 'p', 'u', 'x') AND k.conparentid = 0
  AND NOT (c.relispartition AND k.coninhcount > 0)

UNION ALL
-- The line of a constraint covers the index that it created.
SELECT 'index', c.name, quote_ident(i.relname),
  CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END
  || replace(
       substr(pg_get_indexdef(i.oid), 1 + length('CREATE INDEX  ON  ' || quote_ident(i.relname)
         || c.name) + CASE WHEN x.indisunique THEN 7 ELSE 0 END
         + CASE i.relkind WHEN 'I' THEN 5 ELSE 0 END),
       -- storage options are a note; the same quoting as in pg_get_indexdef
       coalesce(' WITH (' || (SELECT string_agg(quote_ident(option_name) || '='
           || CASE WHEN quote_ident(option_value) = option_value THEN option_value
                ELSE quote_literal(option_value) END, ', ' ORDER BY n)
         FROM pg_options_to_table(i.reloptions)
           WITH ORDINALITY AS o(option_name, option_value, n)) || ')', chr(1)),
       ''),
  CASE WHEN x.indisvalid THEN '' ELSE ' (invalid)' END
FROM pg_index x
JOIN rel c ON c.oid = x.indrelid
JOIN pg_class i ON i.oid = x.indexrelid
WHERE NOT EXISTS (SELECT FROM pg_constraint k
  WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
  AND NOT i.relispartition

UNION ALL
SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END, within, local,
  -- the options of a materialized view only affect storage
  CASE WHEN c.relkind = 'm' OR c.reloptions IS NULL THEN ''
    ELSE 'WITH (' || (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(c.reloptions) o) || ') '
  END || 'AS ' || rtrim(ltrim(pg_get_viewdef(c.oid)), ';'), ''
FROM rel c WHERE c.relkind IN ('v', 'm')

UNION ALL
SELECT 'sequence', within, local,
  CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END
  || format('AS %s START %s INCREMENT %s MINVALUE %s MAXVALUE %s CACHE %s',
       format_type(seqtypid, NULL), seqstart, seqincrement, seqmin, seqmax, seqcache)
  || CASE WHEN seqcycle THEN ' CYCLE' ELSE '' END
  || CASE WHEN owner.refobjid IS NULL THEN ''
       ELSE CASE owner.deptype WHEN 'i' THEN ' IDENTITY OF ' ELSE ' OWNED BY ' END
         || owner.refobjid::regclass || '.' || quote_ident(owner.attname) END,
  ''
FROM rel c
JOIN pg_sequence s ON s.seqrelid = c.oid
LEFT JOIN (
  SELECT d.objid, d.refobjid, d.deptype, a.attname, o.relispartition FROM pg_depend d
  JOIN pg_class o ON o.oid = d.refobjid
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
) owner ON owner.objid = c.oid
WHERE owner.relispartition IS NOT TRUE
  -- the identity of an extension's table belongs to the extension too
  AND NOT EXISTS (SELECT FROM part
    WHERE classid = 'pg_class'::regclass AND objid = owner.refobjid AND owner.deptype = 'i')

UNION ALL
SELECT CASE prokind WHEN 'p' THEN 'procedure' ELSE 'function' END, within, local,
  substr(pg_get_functiondef(oid), 1 + length('CREATE OR REPLACE '
    || CASE prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || name)), ''
FROM proc WHERE prokind <> 'a'

UNION ALL
SELECT 'aggregate', within, local,
  (SELECT '(' || pg_get_function_arguments(p.oid) || ') ' || (
      SELECT jsonb_object_agg(key, value) FROM jsonb_each(
        to_jsonb(a) - 'aggfnoid' || jsonb_build_object(
          'aggtranstype', format_type(aggtranstype, NULL),
          'aggmtranstype', CASE WHEN aggmtranstype <> 0 THEN format_type(aggmtranstype, NULL) END,
          'aggsortop', CASE WHEN aggsortop <> 0 THEN aggsortop::regoperator::text END,
          'result', format_type(p.prorettype, NULL),
          'parallel', p.proparallel))
      WHERE value NOT IN ('null', '"-"', '0', 'false')) -- what it has not
    FROM pg_aggregate a WHERE a.aggfnoid = p.oid), ''
FROM proc p WHERE prokind = 'a'

UNION ALL
SELECT 'trigger', c.name, quote_ident(t.tgname),
  CASE WHEN t.tgconstraint <> 0 THEN 'CONSTRAINT ' ELSE '' END
  || 'TRIGGER '
  || substr(pg_get_triggerdef(t.oid), 1 + length('CREATE TRIGGER  ' || quote_ident(t.tgname))
       + CASE WHEN t.tgconstraint <> 0 THEN length('CONSTRAINT ') ELSE 0 END),
  CASE t.tgenabled WHEN 'O' THEN '' WHEN 'D' THEN ' (disabled)' WHEN 'A' THEN ' (always)'
    ELSE ' (replica)' END
FROM pg_trigger t JOIN rel c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND (t.tgparentid = 0
  OR t.tgenabled <> (SELECT p.tgenabled FROM pg_trigger p WHERE p.oid = t.tgparentid))

UNION ALL
SELECT 'rule', c.name, quote_ident(w.rulename),
  btrim(substr(pg_get_ruledef(w.oid), 1 + length('CREATE RULE ' || quote_ident(w.rulename))),
    ' ;'),
  CASE w.ev_enabled WHEN 'O' THEN '' WHEN 'D' THEN ' (disabled)' WHEN 'A' THEN ' (always)'
    ELSE ' (replica)' END
FROM pg_rewrite w JOIN rel c ON c.oid = w.ev_class
WHERE w.rulename <> '_RETURN'

UNION ALL
SELECT 'policy', c.name, quote_ident(p.polname),
  'AS ' || CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END
  || ' FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
       WHEN 'd' THEN 'DELETE' ELSE 'ALL' END
  || ' TO ' || (SELECT string_agg(role, ', ' ORDER BY role COLLATE "C") FROM (
       SELECT CASE WHEN o = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o)) END AS role
       FROM unnest(p.polroles) o) roles)
  || CASE WHEN p.polqual IS NULL THEN ''
       ELSE ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')' END
  || CASE WHEN p.polwithcheck IS NULL THEN ''
       ELSE ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')' END,
  ''
FROM pg_policy p JOIN rel c ON c.oid = p.polrelid

UNION ALL
SELECT 'enum', within, local,
  '(' || coalesce((SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
    FROM pg_enum WHERE enumtypid = typ.oid), '') || ')', ''
FROM typ WHERE typtype = 'e'

UNION ALL
SELECT 'domain', within, local,
  format_type(d.typbasetype, d.typtypmod)
  || CASE WHEN d.typcollation <> 0 AND d.typcollation <> b.typcollation
       THEN ' COLLATE ' || d.typcollation::regcollation ELSE '' END
  || CASE WHEN d.typdefaultbin IS NULL THEN '' ELSE ' DEFAULT ' || pg_get_expr(d.typdefaultbin, 0)
     END
  || CASE WHEN d.typnotnull THEN ' NOT NULL' ELSE '' END, ''
FROM typ d JOIN pg_type b ON b.oid = d.typbasetype WHERE d.typtype = 'd'

UNION ALL
SELECT 'domain constraint', typ.name, quote_ident(conname), pg_get_constraintdef(k.oid), ''
FROM pg_constraint k JOIN typ ON typ.oid = k.contypid WHERE k.contype = 'c'

UNION ALL
SELECT 'composite type', within, typ.local,
  '(' || coalesce((SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
      || CASE WHEN attcollation <> 0 AND attcollation <> (SELECT typcollation FROM pg_type e
           WHERE e.oid = atttypid) THEN ' COLLATE ' || attcollation::regcollation ELSE '' END,
      ', ' ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = typ.typrelid AND attnum > 0 AND NOT attisdropped), '')
  || ')', ''
FROM typ JOIN pg_class c ON c.oid = typ.typrelid AND c.relkind = 'c' WHERE typtype = 'c'

UNION ALL
SELECT 'range type', within, local,
  'SUBTYPE ' || format_type(rngsubtype, NULL)
  || (SELECT ' OPCLASS ' || quote_ident(nspname) || '.' || quote_ident(opcname) FROM pg_opclass o
      JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE o.oid = rngsubopc)
  || CASE rngcollation WHEN 0 THEN '' ELSE ' COLLATION ' || rngcollation::regcollation END
  || CASE rngcanonical::oid WHEN 0 THEN '' ELSE ' CANONICAL ' || rngcanonical END
  || CASE rngsubdiff::oid WHEN 0 THEN '' ELSE ' SUBTYPE_DIFF ' || rngsubdiff END
  || ' MULTIRANGE ' || format_type(rngmultitypid, NULL), ''
FROM pg_range g JOIN typ ON typ.oid = g.rngtypid

UNION ALL
SELECT 'base type', within, local,
  CASE WHEN typisdefined THEN jsonb_build_object('input', typinput, 'output', typoutput, 'receive',
    typreceive, 'send', typsend, 'modin', typmodin, 'modout', typmodout, 'length', typlen,
    'byval', typbyval, 'align', typalign, 'storage', typstorage, 'category', typcategory,
    'preferred', typispreferred, 'delimiter', typdelim, 'default', typdefault, 'analyze', typanalyze, 'subscript',
    typsubscript, 'element',
    CASE WHEN typelem <> 0 THEN format_type(typelem, NULL) END, 'collatable', typcollation <> 0
    )::text ELSE 'shell' END, ''
FROM typ WHERE typtype = 'b' OR NOT typisdefined

UNION ALL
SELECT 'statistics', CASE WHEN c.relispartition THEN c.oid::regclass::text ELSE ns.name END,
  quote_ident(s.stxname),
  substr(pg_get_statisticsobjdef(s.oid), 1 + length('CREATE STATISTICS ' || ns.name || '.'
    || quote_ident(s.stxname) || ' ')), ''
FROM pg_statistic_ext s
JOIN ns ON ns.oid = s.stxnamespace
JOIN pg_class c ON c.oid = s.stxrelid
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_statistic_ext'::regclass AND objid = s.oid)

UNION ALL
-- the name of the locale's column depends on the version
SELECT 'collation', ns.name, quote_ident(c.collname),
  jsonb_strip_nulls(jsonb_build_object('provider', c.collprovider, 'deterministic',
    c.collisdeterministic, 'collate', c.collcollate, 'ctype', c.collctype, 'encoding',
    pg_encoding_to_char(c.collencoding), 'locale', coalesce(to_jsonb(c) ->> 'colllocale',
      to_jsonb(c) ->> 'colliculocale'), 'rules', to_jsonb(c) ->> 'collicurules'))::text, ''
FROM pg_collation c JOIN ns ON ns.oid = c.collnamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_collation'::regclass AND objid = c.oid)

UNION ALL
SELECT 'conversion', ns.name, quote_ident(conname),
  CASE WHEN condefault THEN 'DEFAULT ' ELSE '' END || 'FOR '
  || quote_literal(pg_encoding_to_char(conforencoding)) || ' TO '
  || quote_literal(pg_encoding_to_char(contoencoding)) || ' FROM ' || conproc, ''
FROM pg_conversion c JOIN ns ON ns.oid = c.connamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_conversion'::regclass AND objid = c.oid)

UNION ALL
SELECT 'operator', ns.name,
  oprname || '(' || CASE oprleft WHEN 0 THEN 'NONE' ELSE format_type(oprleft, NULL) END || ', '
  || CASE oprright WHEN 0 THEN 'NONE' ELSE format_type(oprright, NULL) END || ')',
  'FUNCTION ' || oprcode::regprocedure
  || CASE oprcom WHEN 0 THEN '' ELSE ' COMMUTATOR ' || oprcom::regoperator END
  || CASE oprnegate WHEN 0 THEN '' ELSE ' NEGATOR ' || oprnegate::regoperator END
  || CASE oprrest::oid WHEN 0 THEN '' ELSE ' RESTRICT ' || oprrest END
  || CASE oprjoin::oid WHEN 0 THEN '' ELSE ' JOIN ' || oprjoin END
  || CASE WHEN oprcanhash THEN ' HASHES' ELSE '' END
  || CASE WHEN oprcanmerge THEN ' MERGES' ELSE '' END, ''
FROM pg_operator o JOIN ns ON ns.oid = o.oprnamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_operator'::regclass AND objid = o.oid)

UNION ALL
SELECT 'operator class', ns.name, quote_ident(opcname) || '(' || quote_ident(amname) || ')',
  CASE WHEN opcdefault THEN 'DEFAULT ' ELSE '' END || 'FOR TYPE ' || format_type(opcintype, NULL)
  || ' FAMILY ' || quote_ident(fn.nspname) || '.' || quote_ident(f.opfname)
  || CASE opckeytype WHEN 0 THEN '' ELSE ' STORAGE ' || format_type(opckeytype, NULL) END, ''
FROM pg_opclass o JOIN ns ON ns.oid = o.opcnamespace
JOIN pg_am a ON a.oid = o.opcmethod
JOIN pg_opfamily f ON f.oid = o.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_opclass'::regclass AND objid = o.oid)

UNION ALL
SELECT 'operator family', ns.name, quote_ident(opfname) || '(' || quote_ident(amname) || ')',
  coalesce((SELECT string_agg(entry, ', ' ORDER BY entry COLLATE "C") FROM (
    SELECT 'OPERATOR ' || amopstrategy || ' ' || amopopr::regoperator
      || CASE WHEN amopsortfamily = 0 THEN '' ELSE ' FOR ORDER BY' END AS entry
    FROM pg_amop WHERE amopfamily = f.oid
    UNION ALL
    SELECT 'FUNCTION ' || amprocnum || ' (' || format_type(amproclefttype, NULL) || ', '
      || format_type(amprocrighttype, NULL) || ') ' || amproc::oid::regprocedure
    FROM pg_amproc WHERE amprocfamily = f.oid) entries), ''), ''
FROM pg_opfamily f JOIN ns ON ns.oid = f.opfnamespace JOIN pg_am a ON a.oid = f.opfmethod
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_opfamily'::regclass AND objid = f.oid)

UNION ALL
SELECT 'text search configuration', ns.name, quote_ident(cfgname),
  'PARSER ' || (SELECT quote_ident(nspname) || '.' || quote_ident(prsname) FROM pg_ts_parser p
    JOIN pg_namespace n ON n.oid = p.prsnamespace WHERE p.oid = c.cfgparser)
  || coalesce((SELECT ' ' || string_agg(maptokentype || ':' || mapdict::regdictionary, ' '
       ORDER BY maptokentype, mapseqno) FROM pg_ts_config_map WHERE mapcfg = c.oid), ''), ''
FROM pg_ts_config c JOIN ns ON ns.oid = c.cfgnamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_ts_config'::regclass AND objid = c.oid)

UNION ALL
SELECT 'text search dictionary', ns.name, quote_ident(dictname),
  'TEMPLATE ' || (SELECT quote_ident(nspname) || '.' || quote_ident(tmplname) FROM pg_ts_template t
    JOIN pg_namespace n ON n.oid = t.tmplnamespace WHERE t.oid = d.dicttemplate)
  || coalesce(' ' || dictinitoption, ''), ''
FROM pg_ts_dict d JOIN ns ON ns.oid = d.dictnamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_ts_dict'::regclass AND objid = d.oid)

UNION ALL
SELECT 'text search parser', ns.name, quote_ident(prsname),
  'START ' || prsstart || ' GETTOKEN ' || prstoken || ' END ' || prsend || ' LEXTYPES '
  || prslextype || CASE prsheadline::oid WHEN 0 THEN '' ELSE ' HEADLINE ' || prsheadline END, ''
FROM pg_ts_parser p JOIN ns ON ns.oid = p.prsnamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_ts_parser'::regclass AND objid = p.oid)

UNION ALL
SELECT 'text search template', ns.name, quote_ident(tmplname),
  CASE tmplinit::oid WHEN 0 THEN '' ELSE 'INIT ' || tmplinit || ' ' END || 'LEXIZE ' || tmpllexize,
  ''
FROM pg_ts_template t JOIN ns ON ns.oid = t.tmplnamespace
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_ts_template'::regclass AND objid = t.oid)

UNION ALL
-- Casts and event triggers have no schema; they get the schema of a type or of the function.
SELECT 'cast', '', '(' || format_type(castsource, NULL) || ' AS ' || format_type(casttarget, NULL)
  || ')',
  CASE castmethod WHEN 'f' THEN 'WITH FUNCTION ' || castfunc::regprocedure
    WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END
  || CASE castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN ' AS ASSIGNMENT' ELSE '' END, ''
FROM pg_cast c
WHERE (castsource IN (SELECT oid FROM typ) OR casttarget IN (SELECT oid FROM typ)
    OR castsource IN (SELECT reltype FROM rel) OR casttarget IN (SELECT reltype FROM rel)
    OR castfunc IN (SELECT oid FROM proc)
    OR c.oid >= 16384 AND castfunc = 0 AND castsource < 16384 AND casttarget < 16384)
  AND NOT EXISTS (SELECT FROM part WHERE classid = 'pg_cast'::regclass AND objid = c.oid)

UNION ALL
SELECT 'event trigger', '', quote_ident(evtname),
  'ON ' || evtevent
  || coalesce(' WHEN TAG IN (' || (SELECT string_agg(quote_literal(tag), ', '
       ORDER BY tag COLLATE "C") FROM unnest(evttags) tag) || ')', '')
  || ' EXECUTE FUNCTION ' || evtfoid::regprocedure,
  CASE evtenabled WHEN 'O' THEN '' WHEN 'D' THEN ' (disabled)' WHEN 'A' THEN ' (always)'
    ELSE ' (replica)' END
FROM pg_event_trigger e
WHERE EXISTS (SELECT FROM proc WHERE proc.oid = e.evtfoid)
  AND NOT EXISTS (SELECT FROM part WHERE classid = 'pg_event_trigger'::regclass AND objid = e.oid)

UNION ALL
SELECT 'owner', name, quote_ident(pg_get_userbyid(owner)),
  'ALTER ' || CASE word WHEN 'FOREIGN SERVER' THEN 'SERVER' ELSE word END || ' ' || name
  || ' OWNER TO ' || quote_ident(pg_get_userbyid(owner)), ''
FROM held WHERE owner <> 0 AND pg_get_userbyid(owner)
  <> coalesce(nullif(current_setting('schemaversion.migrating_role', true), ''), current_user)

UNION ALL
-- What is granted beyond the default rights.
SELECT CASE WHEN a.grantee = 0 AND h.class IN ('r', 's', 'f') THEN 'grant to public' ELSE 'grant'
    END, h.name, a.role || '.' || a.privilege_type,
  'GRANT ' || a.privilege_type || ' ON ' || h.word || ' ' || h.name || ' TO ' || a.role
  || CASE WHEN a.grantable THEN ' WITH GRANT OPTION' ELSE '' END, ''
FROM held h, LATERAL (
  SELECT grantee, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    AS role, privilege_type, bool_or(is_grantable) AS grantable
  FROM aclexplode(h.acl) GROUP BY grantee, privilege_type) a
WHERE a.grantee <> h.holder
  AND NOT (h.class = 'n' AND h.name = 'public' AND a.grantee = 0) -- differs between templates
  AND NOT (a.grantee = 0 AND EXISTS (SELECT FROM aclexplode(acldefault(h.class, h.holder)) d
    WHERE d.grantee = 0 AND d.privilege_type = a.privilege_type))

UNION ALL
SELECT CASE a.grantee WHEN 0 THEN 'grant to public' ELSE 'grant' END, h.name,
  quote_ident(c.attname) || '.' || a.role || '.' || a.privilege_type,
  'GRANT ' || a.privilege_type || ' (' || quote_ident(c.attname) || ') ON TABLE ' || h.name
  || ' TO ' || a.role || CASE WHEN a.grantable THEN ' WITH GRANT OPTION' ELSE '' END, ''
FROM held h
JOIN pg_attribute c ON c.attrelid = h.relation AND c.attacl IS NOT NULL AND NOT c.attisdropped,
LATERAL (
  SELECT grantee, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END
    AS role, privilege_type, bool_or(is_grantable) AS grantable
  FROM aclexplode(c.attacl) GROUP BY grantee, privilege_type) a
WHERE h.relation <> 0 AND a.grantee <> h.holder

UNION ALL
-- The default rights that were revoked.
SELECT 'revoke', h.name,
  CASE d.grantee WHEN 0 THEN 'PUBLIC' ELSE 'OWNER' END || '.' || d.privilege_type,
  'REVOKE ' || d.privilege_type || ' ON ' || h.word || ' ' || h.name || ' FROM '
  || CASE d.grantee WHEN 0 THEN 'PUBLIC' ELSE 'its owner' END, ''
FROM held h, LATERAL aclexplode(acldefault(h.class, h.holder)) d
WHERE h.acl IS NOT NULL
  AND NOT EXISTS (SELECT FROM aclexplode(h.acl) a
    WHERE a.grantee = d.grantee AND a.privilege_type = d.privilege_type)

UNION ALL
-- Those of one schema add to the default; those of the database stand for it.
SELECT 'default privileges', coalesce(ns.name, ''),
  CASE WHEN o.role IS NULL THEN '' ELSE o.role || '.' END || o.word || '.' || e.grantee || '.'
  || e.privilege_type,
  'ALTER DEFAULT PRIVILEGES' || coalesce(' FOR ROLE ' || o.role, '')
  || coalesce(' IN SCHEMA ' || ns.name, '') || e.verb || e.privilege_type || ' ON ' || o.word
  || e.preposition || e.grantee || CASE WHEN e.grantable THEN ' WITH GRANT OPTION' ELSE '' END, ''
FROM pg_default_acl d
LEFT JOIN ns ON ns.oid = d.defaclnamespace
CROSS JOIN LATERAL (SELECT
  CASE WHEN pg_get_userbyid(d.defaclrole) <> coalesce(nullif(current_setting(
      'schemaversion.migrating_role', true), ''), current_user)
    THEN quote_ident(pg_get_userbyid(d.defaclrole)) END AS role,
  CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
    WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS word,
  CASE WHEN d.defaclnamespace = 0
    THEN acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)
    END AS replaced) o
CROSS JOIN LATERAL (
  SELECT ' GRANT ' AS verb, ' TO ' AS preposition, CASE a.grantee WHEN 0 THEN 'PUBLIC'
      ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee, a.privilege_type,
    bool_or(a.is_grantable AND a.grantee <> d.defaclrole) AS grantable
  FROM aclexplode(d.defaclacl) a
  WHERE NOT EXISTS (SELECT FROM aclexplode(o.replaced) r
    WHERE r.grantee = a.grantee AND r.privilege_type = a.privilege_type)
  GROUP BY a.grantee, a.privilege_type
  UNION ALL
  SELECT ' REVOKE ', ' FROM ', CASE r.grantee WHEN 0 THEN 'PUBLIC'
      ELSE quote_ident(pg_get_userbyid(r.grantee)) END, r.privilege_type, false
  FROM aclexplode(o.replaced) r
  WHERE NOT EXISTS (SELECT FROM aclexplode(d.defaclacl) a
    WHERE a.grantee = r.grantee AND a.privilege_type = r.privilege_type)) e
WHERE d.defaclnamespace = 0 OR ns.oid IS NOT NULL

UNION ALL
SELECT 'publication', '', quote_ident(pubname),
  CASE WHEN puballtables THEN 'FOR ALL TABLES ' ELSE '' END
  || CASE WHEN to_jsonb(p) ->> 'puballsequences' = 'true' THEN 'FOR ALL SEQUENCES ' ELSE '' END
  || 'WITH (publish = ''' || rtrim(CASE WHEN pubinsert THEN 'insert, ' ELSE '' END
    || CASE WHEN pubupdate THEN 'update, ' ELSE '' END
    || CASE WHEN pubdelete THEN 'delete, ' ELSE '' END
    || CASE WHEN pubtruncate THEN 'truncate' ELSE '' END, ', ') || ''''
  || CASE WHEN pubviaroot THEN ', publish_via_partition_root' ELSE '' END
  || CASE WHEN coalesce(to_jsonb(p) ->> 'pubgencols', 'n') <> 'n'
       THEN ', publish_generated_columns = ' || (to_jsonb(p) ->> 'pubgencols') ELSE '' END
  || ')', ''
FROM pg_publication p
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_publication'::regclass AND objid = p.oid)

UNION ALL
SELECT 'language', '', quote_ident(lanname),
  CASE WHEN lanpltrusted THEN 'TRUSTED' ELSE '' END || ' HANDLER ' || lanplcallfoid::regproc
  || CASE laninline WHEN 0 THEN '' ELSE ' INLINE ' || laninline::regproc END
  || CASE lanvalidator WHEN 0 THEN '' ELSE ' VALIDATOR ' || lanvalidator::regproc END, ''
FROM pg_language l
WHERE l.oid >= 16384 AND lanplcallfoid <> 0
  AND NOT EXISTS (SELECT FROM part WHERE classid = 'pg_language'::regclass AND objid = l.oid)

UNION ALL
SELECT 'transform', '', 'FOR ' || format_type(trftype, NULL) || ' LANGUAGE ' || quote_ident(lanname),
  'FROM SQL ' || trffromsql::regproc || ' TO SQL ' || trftosql::regproc, ''
FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
WHERE NOT EXISTS (SELECT FROM part WHERE classid = 'pg_transform'::regclass AND objid = t.oid)

UNION ALL
SELECT 'access method', '', quote_ident(amname),
  'TYPE ' || CASE amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END || ' HANDLER ' || amhandler, ''
FROM pg_am a
WHERE a.oid >= 16384
  AND NOT EXISTS (SELECT FROM part WHERE classid = 'pg_am'::regclass AND objid = a.oid)

UNION ALL
SELECT 'foreign data wrapper', '', quote_ident(fdwname),
  ltrim(CASE fdwhandler WHEN 0 THEN '' ELSE 'HANDLER ' || fdwhandler::regproc END
    || CASE fdwvalidator WHEN 0 THEN '' ELSE ' VALIDATOR ' || fdwvalidator::regproc END), ''
FROM pg_foreign_data_wrapper f
WHERE NOT EXISTS (SELECT FROM part
  WHERE classid = 'pg_foreign_data_wrapper'::regclass AND objid = f.oid)

UNION ALL
-- The options say where a server is, which differs between environments.
SELECT 'foreign server', '', quote_ident(srvname),
  CASE WHEN srvtype IS NULL THEN '' ELSE 'TYPE ' || quote_literal(srvtype) || ' ' END
  || CASE WHEN srvversion IS NULL THEN '' ELSE 'VERSION ' || quote_literal(srvversion) || ' ' END
  || 'FOREIGN DATA WRAPPER ' || quote_ident(fdwname), ''
FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
WHERE NOT EXISTS (SELECT FROM part
  WHERE classid = 'pg_foreign_server'::regclass AND objid = s.oid)

UNION ALL
SELECT 'user mapping', quote_ident(srvname),
  CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, '', ''
FROM pg_user_mappings
