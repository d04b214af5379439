-- One row for each stored grain, with the grain's Orleans name as its key. The typed columns are generated from the payload of sessions, so
-- a search can never disagree with the sessions. Times are microseconds since the Unix epoch.
create table grain_state
(
  service_id          text    not null,
  grain_type          text    not null,
  grain_key           text    not null,
  version             integer not null,
  payload             blob,
  modified_at         integer not null,
  session             text    generated always as (iif(grain_type = 'session', cast(payload as text), null)) virtual,
  user_id             text    generated always as (json_extract(session, '$.userId')) stored,
  organization_id     text    generated always as (json_extract(session, '$.organizationId')) stored,
  creator_id          text    generated always as (json_extract(session, '$.creatorId')) stored,
  fingerprint_id      text    generated always as (json_extract(session, '$.fingerprintId')) stored,
  created_at          integer generated always as (json_extract(session, '$.createdAt')) stored,
  expires_at          integer generated always as (json_extract(session, '$.expiresAt')) stored,
  ended_at            integer generated always as (json_extract(session, '$.endedAt')) stored,
  expiry_published_at integer generated always as (json_extract(session, '$.expiryPublishedAt')) stored,
  user_epoch          integer generated always as (json_extract(session, '$.userEpoch')) stored,
  primary key (service_id, grain_type, grain_key)
);

create index session_by_created on grain_state (service_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is null;

create index session_by_user on grain_state (service_id, user_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is null and user_id is not null;

create index session_by_creator on grain_state (service_id, creator_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is null and creator_id is not null;

create index session_by_fingerprint on grain_state (service_id, fingerprint_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is null and fingerprint_id is not null;

create index session_by_organization on grain_state (service_id, organization_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is null and organization_id is not null;

-- Every session that has not ended is in one of these two indexes, ordered by expiration date. Until its expiry is published, it is in the
-- first one, which the sweeper uses. After that, it is in the second one, which the purge uses.
create index session_to_expire on grain_state (service_id, expires_at)
  where grain_type = 'session' and ended_at is null and expiry_published_at is null;

create index session_expired on grain_state (service_id, expires_at)
  where grain_type = 'session' and ended_at is null and expiry_published_at is not null;

create index session_ended on grain_state (service_id, ended_at)
  where grain_type = 'session' and ended_at is not null;

-- The outbox: the events of sessions, appended in the transaction that writes the session.
create table session_event
(
  id         integer primary key autoincrement,
  service_id text not null,
  session_id text not null,
  user_id    text,
  sequence   integer,
  type       text not null,
  reason     text,
  at         integer
);

create trigger session_event_inserted after insert on grain_state
  when json_type(new.session, '$.events') = 'array'
begin
  insert into session_event (service_id, session_id, user_id, sequence, type, reason, at)
  select new.service_id, substr(new.grain_key, 3), new.user_id, json_extract(new.session, '$.sequence'),
         json_extract(e.value, '$.type'), json_extract(e.value, '$.reason'), json_extract(e.value, '$.at')
  from json_each(new.session, '$.events') e;
end;

create trigger session_event_updated after update on grain_state
  when json_type(new.session, '$.events') = 'array'
begin
  insert into session_event (service_id, session_id, user_id, sequence, type, reason, at)
  select new.service_id, substr(new.grain_key, 3), new.user_id, json_extract(new.session, '$.sequence'),
         json_extract(e.value, '$.type'), json_extract(e.value, '$.reason'), json_extract(e.value, '$.at')
  from json_each(new.session, '$.events') e;
end;
