-- A keyed hash by which a node can tell whether it has the key that the secrets here are encrypted with. One row.
create table master_key_mark
(
  id   int   not null primary key check (id = 1),
  mark bytea not null
);
