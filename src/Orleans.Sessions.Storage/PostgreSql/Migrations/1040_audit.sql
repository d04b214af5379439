-- The audit trail: what happened, who did it, and from where. It is separate from sessions, because session rows are deleted much sooner.
-- Failures and refused calls are counted. All such events of one minute with the same values have one row, and its count goes up. "bucket"
-- identifies the row: it is a hash of the values that the events have in common.
create table audit_event
(
  id              bigint generated always as identity,
  service_id      text collate "C" not null,
  at              bigint           not null,
  kind            text collate "C" not null,
  outcome         int              not null,
  reason          text collate "C",
  actor_kind      int              not null,
  actor_id        text collate "C",
  organization_id text collate "C",
  target_kind     text collate "C",
  target_id       text collate "C",
  source          text collate "C",
  user_agent      text collate "C",
  client_id       text collate "C",
  session         text collate "C",
  request_id      text collate "C",
  detail          text collate "C",
  count           int              not null,
  bucket          text collate "C",
  primary key (at, id)
);

create index audit_event_by_actor on audit_event (actor_id, at, id) where actor_id is not null;

create index audit_event_by_target on audit_event (target_id, at, id) where target_id is not null;

create index audit_event_by_organization on audit_event (organization_id, at, id) where organization_id is not null;

create index audit_event_by_session on audit_event (session, at, id) where session is not null;

create unique index audit_event_counted on audit_event (bucket, service_id) where bucket is not null;
