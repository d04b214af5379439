-- The audit trail: what happened, who did it, and from where. It is separate from sessions, because session rows are deleted much sooner.
-- Failures and refused calls are counted. All such events of one minute with the same values have one row, and its count goes up. "bucket"
-- identifies the row: it is a hash of the values that the events have in common.
create table audit_event
(
  id              integer primary key autoincrement,
  service_id      text    not null,
  at              integer not null,
  kind            text    not null,
  outcome         integer not null,
  reason          text,
  actor_kind      integer not null,
  actor_id        text,
  organization_id text,
  target_kind     text,
  target_id       text,
  source          text,
  user_agent      text,
  client_id       text,
  session         text,
  request_id      text,
  detail          text,
  count           integer not null,
  bucket          text
);

create index audit_event_by_time on audit_event (at, id);

create index audit_event_by_actor on audit_event (actor_id, at, id) where actor_id is not null;

create index audit_event_by_target on audit_event (target_id, at, id) where target_id is not null;

create index audit_event_by_organization on audit_event (organization_id, at, id) where organization_id is not null;

create index audit_event_by_session on audit_event (session, at, id) where session is not null;

create unique index audit_event_counted on audit_event (bucket, service_id) where bucket is not null;
