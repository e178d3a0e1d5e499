DROP INDEX ix_customers_email;
ALTER TABLE customers DROP COLUMN email;
