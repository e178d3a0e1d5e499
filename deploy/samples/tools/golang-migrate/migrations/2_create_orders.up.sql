CREATE TABLE orders (
  id bigint PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  total decimal(12, 2) NOT NULL
);
CREATE INDEX ix_orders_customer_id ON orders (customer_id);
