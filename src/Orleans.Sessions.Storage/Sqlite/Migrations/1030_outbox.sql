-- Messages to people that are still to be delivered. The write that causes a message adds it. The content is encrypted. A session or user
-- has at most one message of each kind. A newer message replaces the older one, because the older code is no longer valid.
create table notification
(
  service_id text    not null,
  grain_key  text    not null,
  kind       text    not null,
  id         text    not null,
  content    text    not null,
  sent_event text,
  session_id text,
  user_id    text,
  due_at     integer not null,
  expires_at integer not null,
  attempts   integer not null,
  primary key (grain_key, kind, service_id)
);

create index notification_due on notification (due_at);

-- What happened to sessions, for operators. The write of a session appends its events.
create table session_event
(
  id         integer primary key autoincrement,
  service_id text    not null,
  session_id text    not null,
  user_id    text,
  sequence   integer,
  type       text    not null,
  reason     text,
  at         integer not null
);

create index session_event_by_time on session_event (at);
