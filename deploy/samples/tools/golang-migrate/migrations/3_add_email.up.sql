ALTER TABLE customers ADD COLUMN email varchar(320);
CREATE UNIQUE INDEX ix_customers_email ON customers (email);
