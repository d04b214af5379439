-- What counts once: pushed requests and signed assertions that were used, until they expire anyway. The key is a hash; attempt tells a
-- repeated call from another use.
create table used_once
(
  service_id text collate "C" not null,
  key        text collate "C" not null,
  attempt    text not null,
  expires_at bigint not null,
  primary key (service_id, key)
);

create index used_once_by_expiry on used_once (service_id, expires_at);
