-- The properties that are reported but do not count: one line each.
WITH ns AS MATERIALIZED (
  SELECT oid, nspname, nspacl FROM pg_namespace WHERE nspname = ANY (?)
),
part AS MATERIALIZED (
  SELECT classid, objid FROM pg_depend
  WHERE deptype = 'e' AND refclassid = 'pg_extension'::regclass
     OR deptype = 'i' AND classid IN ('pg_type'::regclass, 'pg_proc'::regclass)
),
object AS MATERIALIZED (
  SELECT 'pg_class'::regclass AS catalog, c.oid, CASE relkind WHEN 'v' THEN 'view '
      WHEN 'm' THEN 'materialized view ' WHEN 'S' THEN 'sequence ' WHEN 'f' THEN 'foreign table '
      WHEN 'i' THEN 'index ' WHEN 'I' THEN 'index ' WHEN 'c' THEN 'composite type '
      ELSE 'table ' END
    || c.oid::regclass AS name, CASE WHEN relkind <> 'v' THEN reloptions END AS options
  FROM pg_class c JOIN ns ON ns.oid = relnamespace
),
own AS MATERIALIZED (
  SELECT * FROM object o
  WHERE NOT EXISTS (SELECT FROM part WHERE classid = o.catalog AND objid = o.oid)
)

-- They differ between the templates of PostgreSQL's versions, and are revoked by many.
SELECT 'grants on schema public to PUBLIC: '
  || (SELECT string_agg(privilege_type, ', ' ORDER BY privilege_type COLLATE "C")
    FROM aclexplode(nspacl) WHERE grantee = 0)
FROM ns WHERE nspname = 'public'

UNION ALL
SELECT 'comment on ' || i.type || ' ' || i.identity || ': ' || d.description
FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE d.objoid >= 16384 AND (i.schema IS NULL OR i.schema IN (SELECT quote_ident(nspname) FROM ns))
  AND NOT EXISTS (SELECT FROM part WHERE classid = d.classoid AND objid = d.objoid)

UNION ALL
SELECT 'security label of ' || objtype || ' ' || objname || ' by ' || provider || ': ' || label
FROM pg_seclabels

UNION ALL
-- since 18 a constraint with a name, which an upgrade makes up
SELECT 'not null constraint of ' || c.oid::regclass || '.' || quote_ident(attname) || ': '
  || quote_ident(conname)
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid AND c.relnamespace IN (SELECT oid FROM ns)
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.contype = 'n' AND k.coninhcount = 0
  AND conname <> c.relname || '_' || attname || '_not_null'

UNION ALL
SELECT 'statistics target of ' || quote_ident(nspname) || '.' || quote_ident(stxname) || ': '
  || stxstattarget
FROM pg_statistic_ext s JOIN ns ON ns.oid = stxnamespace WHERE stxstattarget > -1

UNION ALL
-- They may say where a server is, and are not shown themselves.
SELECT 'options of ' || word || ' ' || quote_ident(name) || ': ' || hashtext(options::text)
FROM (
  SELECT 'foreign server' AS word, srvname AS name, srvoptions AS options FROM pg_foreign_server
  UNION ALL
  SELECT 'foreign data wrapper', fdwname, fdwoptions FROM pg_foreign_data_wrapper) o
WHERE options IS NOT NULL

UNION ALL
SELECT 'storage of ' || name || ': '
  || concat_ws(' ', (SELECT string_agg(x, ', ' ORDER BY x COLLATE "C") FROM unnest(o.options) x),
       (SELECT 'toast ' || string_agg(x, ', ' ORDER BY x COLLATE "C")
         FROM pg_class t, unnest(t.reloptions) x WHERE t.oid = c.reltoastrelid),
       CASE WHEN a.amname <> 'heap' AND c.relkind IN ('r', 'p', 'm') THEN 'using ' || a.amname END,
       (SELECT 'tablespace ' || quote_ident(spcname) FROM pg_tablespace s
         WHERE s.oid = c.reltablespace),
       (SELECT 'clustered' FROM pg_index WHERE indexrelid = c.oid AND indisclustered),
       CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN 'not populated' END,
       (SELECT string_agg(concat_ws(' ', 'column', quote_ident(attname),
             CASE WHEN attstorage <> typstorage THEN 'storage ' || attstorage::text END,
             CASE WHEN attcompression <> '' THEN 'compression ' || attcompression::text END,
             CASE WHEN attstattarget > -1 THEN 'statistics ' || attstattarget END,
             settings), ', '
             ORDER BY attnum)
         -- Servers since November 2026 number the definitions of a column in pg_attver.
         FROM pg_attribute JOIN pg_type t ON t.oid = atttypid,
           LATERAL (SELECT array_agg(x)::text AS settings FROM unnest(attoptions) x
             WHERE x NOT LIKE 'pg\_attver=%') of_column
         WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
           AND (attstorage <> typstorage OR attcompression <> '' OR attstattarget > -1
             OR settings IS NOT NULL)))
FROM own o JOIN pg_class c ON c.oid = o.oid LEFT JOIN pg_am a ON a.oid = c.relam
WHERE o.catalog = 'pg_class'::regclass AND c.relkind IN ('r', 'p', 'm', 'f', 'i', 'I')

UNION ALL
SELECT 'column order of ' || name || ': '
  || (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)
FROM own o JOIN pg_class c ON c.oid = o.oid
WHERE o.catalog = 'pg_class'::regclass AND c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition

UNION ALL
SELECT 'extension ' || quote_ident(extname) || ': ' || extversion || ' in ' || quote_ident(nspname)
FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace

UNION ALL
-- DEPENDS ON EXTENSION
SELECT i.type || ' ' || i.identity || ' is dropped with extension ' || quote_ident(extname)
FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid,
LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) i
WHERE d.deptype = 'x' AND d.refclassid = 'pg_extension'::regclass
  AND (i.schema IS NULL OR i.schema IN (SELECT quote_ident(nspname) FROM ns))

UNION ALL
SELECT 'event trigger ' || quote_ident(evtname) || ': ' || evtfoid::regprocedure
  || ' (' || evtenabled::text || ')'
FROM pg_event_trigger JOIN pg_proc p ON p.oid = evtfoid
WHERE pronamespace NOT IN (SELECT oid FROM ns)

UNION ALL
SELECT 'outside: schema ' || quote_ident(n.nspname) || ' has ' || count(c.oid)
  || ' tables, views and sequences'
FROM pg_namespace n LEFT JOIN pg_class c
  ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
  AND n.oid NOT IN (SELECT oid FROM ns)
GROUP BY n.nspname
