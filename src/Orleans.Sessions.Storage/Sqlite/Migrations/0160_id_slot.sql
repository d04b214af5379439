-- Ids are given to processes in ranges: a slot and a span of time, in milliseconds since 2024. A row tells until when those of its slot
-- were given away.
create table id_slot
(
  service_id text not null,
  slot       integer not null,
  until_ms   integer not null,
  primary key (service_id, slot)
) without rowid;
