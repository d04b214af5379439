-- The key that secrets are encrypted with, where the operator configures none. One row.
create table master_key
(
  id  int   not null primary key check (id = 1),
  key bytea not null
);
