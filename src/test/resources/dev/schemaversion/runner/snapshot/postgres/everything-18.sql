-- What PostgreSQL 18 has more than everything.sql.
CREATE TABLE public.newest (
  id integer, during tstzrange, n integer GENERATED ALWAYS AS (id * 3) VIRTUAL,
  CONSTRAINT newest_n CHECK (id > 4),
  CONSTRAINT newest_id NOT NULL id NO INHERIT
);
ALTER TABLE public.newest ADD CONSTRAINT newest_not_valid NOT NULL during NOT VALID;
CREATE TABLE public.partitioned_too (a integer) PARTITION BY LIST (a) USING heap_too;
CREATE PUBLICATION generated FOR ALL TABLES WITH (publish_generated_columns = stored);
