-- The key with which secrets are encrypted, if the operator configures no key. One row.
create table master_key
(
  id  int   not null primary key check (id = 1),
  key bytea not null
);
