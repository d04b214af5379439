-- Messages to people that are still to be delivered. The write that causes a message adds it. The content is encrypted. A session or user
-- has at most one message of each kind. A newer message replaces the older one, because the older code is no longer valid.
create table notification
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  kind       text collate "C" not null,
  id         text collate "C" not null,
  content    text collate "C" not null,
  sent_event text collate "C",
  session_id text collate "C",
  user_id    text collate "C",
  due_at     bigint           not null,
  expires_at bigint           not null,
  attempts   int              not null,
  primary key (grain_key, kind, service_id)
);

create index notification_due on notification (due_at);

-- What happened to sessions, for operators. The write of a session appends its events.
create table session_event
(
  id         bigint generated always as identity primary key,
  service_id text collate "C" not null,
  session_id text collate "C" not null,
  user_id    text collate "C",
  sequence   bigint,
  type       text collate "C" not null,
  reason     text collate "C",
  at         bigint           not null
);

create index session_event_by_time on session_event (at);
