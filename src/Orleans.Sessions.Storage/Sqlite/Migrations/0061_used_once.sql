-- Values that may be used only once, until they expire anyway: pushed requests and signed assertions. The key is a hash. The attempt
-- distinguishes a repeated call from another use.
create table used_once
(
  service_id text not null,
  key        text not null,
  attempt    text not null,
  expires_at integer not null,
  primary key (service_id, key)
) without rowid;

create index used_once_by_expiry on used_once (service_id, expires_at);
