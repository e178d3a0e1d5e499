-- What publications publish, as since PostgreSQL 15; read together with lines.sql.

UNION ALL
SELECT 'published table', quote_ident(pubname), r.prrelid::regclass::text,
  CASE WHEN r.prattrs IS NULL THEN '' ELSE (
    SELECT '(' || string_agg(quote_ident(attname), ', ' ORDER BY attnum) || ')' FROM pg_attribute
    WHERE attrelid = r.prrelid AND attnum = ANY (r.prattrs::int2[])) END
  || CASE WHEN r.prqual IS NULL THEN ''
       ELSE ' WHERE ' || pg_get_expr(r.prqual, r.prrelid) END, ''
FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid

UNION ALL
SELECT 'published schema', quote_ident(pubname), quote_ident(nspname), '', ''
FROM pg_publication_namespace r
JOIN pg_publication p ON p.oid = r.pnpubid
JOIN pg_namespace n ON n.oid = r.pnnspid
