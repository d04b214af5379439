-- Processes get ids in ranges. A range is a slot and a span of time, in milliseconds since 2024. A row records up to which time the ids of
-- its slot were given out.
create table id_slot
(
  service_id text not null,
  slot       integer not null,
  until_ms   integer not null,
  primary key (service_id, slot)
) without rowid;
