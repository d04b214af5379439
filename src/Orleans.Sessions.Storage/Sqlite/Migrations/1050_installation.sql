-- The key with which secrets are encrypted, if the operator configures no key. One row.
create table master_key
(
  id  integer not null primary key check (id = 1),
  key blob    not null
);

-- A keyed hash with which a node can check that it has the key of the secrets in this database. One row.
create table master_key_mark
(
  id   integer not null primary key check (id = 1),
  mark blob    not null
);

-- Processes get ids in ranges. A range is a slot and a span of time, in milliseconds since 2024. A row records up to which time the ids of
-- its slot were given out.
create table id_slot
(
  service_id text    not null,
  slot       integer not null,
  until_ms   integer not null,
  primary key (slot, service_id)
);
