-- A keyed hash with which a node can check that it has the key of the secrets in this database. One row.
create table master_key_mark
(
  id   int   not null primary key check (id = 1),
  mark bytea not null
);
