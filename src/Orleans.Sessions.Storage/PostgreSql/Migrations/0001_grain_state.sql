-- One row for each stored grain, with the grain's Orleans name as its key. Only sessions set the typed columns. The call that writes the
-- payload (write_grain_state) sets them too, so a search can never disagree with the sessions. Times are microseconds since the Unix epoch.
-- Collation "C" is code point order, the same as in SQLite.
create table grain_state
(
  service_id          text collate "C" not null,
  grain_type          text collate "C" not null,
  grain_key           text collate "C" not null,
  version             int              not null,
  payload             bytea,
  modified_at         bigint           not null,
  user_id             text collate "C",
  organization_id     text collate "C",
  creator_id          text collate "C",
  fingerprint_id      text collate "C",
  created_at          bigint,
  expires_at          bigint,
  ended_at            bigint,
  expiry_published_at bigint,
  user_epoch          int,
  primary key (service_id, grain_type, grain_key)
)
-- Free room on the page keeps updates that change no indexed column (nearly all updates) out of every index.
with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Compressing some hundred bytes costs more than it saves.
alter table grain_state alter column payload set storage external;

create index session_by_created on grain_state (service_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is null;

create index session_by_user on grain_state (service_id, user_id, created_at)
  where grain_type = 'session' and ended_at is null and user_id is not null;

create index session_by_creator on grain_state (service_id, creator_id, created_at)
  where grain_type = 'session' and ended_at is null and creator_id is not null;

create index session_by_fingerprint on grain_state (service_id, fingerprint_id, created_at)
  where grain_type = 'session' and ended_at is null and fingerprint_id is not null;

create index session_by_organization on grain_state (service_id, organization_id, created_at)
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
  id         bigint generated always as identity primary key,
  service_id text collate "C" not null,
  session_id text collate "C" not null,
  user_id    text collate "C",
  sequence   bigint,
  type       text not null,
  reason     text,
  at         bigint
);
