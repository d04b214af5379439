-- Processes get ids in ranges. A range is a slot and a span of time, in milliseconds since 2024. A row records up to which time the ids of
-- its slot were given out.
create table id_slot
(
  service_id text collate "C" not null,
  slot       integer not null,
  until_ms   bigint not null,
  primary key (service_id, slot)
);
