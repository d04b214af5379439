-- Messages to people that are still to be delivered. The write that causes a message appends it ("outbox" of a stored session or user). The
-- content of a message is encrypted. A grain has at most one message of each kind. A newer message replaces the older one, because the
-- older code is no longer valid.
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
  sent_at    integer,
  primary key (service_id, grain_key, kind)
);

create index notification_due on notification (service_id, due_at);

-- A view, so that the two triggers read the stored JSON in the same way.
create view stored_notification as
select service_id, grain_type, grain_key, json_extract(m.value, '$.kind') as kind, json_extract(m.value, '$.id') as id,
       json_extract(m.value, '$.content') as content, json_extract(m.value, '$.sentEvent') as sent_event,
       iif(grain_type = 'session', substr(grain_key, 3), null) as session_id,
       iif(grain_type = 'session', user_id, substr(grain_key, 3)) as user_id,
       json_extract(m.value, '$.dueAt') as due_at,
       json_extract(m.value, '$.expiresAt') as expires_at
from grain_state, json_each(cast(payload as text), '$.outbox') m
where grain_type in ('session', 'user');

create trigger notification_inserted after insert on grain_state
  when new.grain_type in ('session', 'user') and json_type(cast(new.payload as text), '$.outbox') = 'array'
begin
  insert into notification (service_id, grain_key, kind, id, content, sent_event, session_id, user_id, due_at, expires_at, attempts)
  select service_id, grain_key, kind, id, content, sent_event, session_id, user_id, due_at, expires_at, 0
  from stored_notification
  where service_id = new.service_id and grain_type = new.grain_type and grain_key = new.grain_key
  on conflict (service_id, grain_key, kind) do update set
    id = excluded.id, content = excluded.content, sent_event = excluded.sent_event, session_id = excluded.session_id,
    user_id = excluded.user_id, due_at = excluded.due_at, expires_at = excluded.expires_at, attempts = 0;
end;

create trigger notification_updated after update on grain_state
  when new.grain_type in ('session', 'user') and json_type(cast(new.payload as text), '$.outbox') = 'array'
begin
  insert into notification (service_id, grain_key, kind, id, content, sent_event, session_id, user_id, due_at, expires_at, attempts)
  select service_id, grain_key, kind, id, content, sent_event, session_id, user_id, due_at, expires_at, 0
  from stored_notification
  where service_id = new.service_id and grain_type = new.grain_type and grain_key = new.grain_key
    -- If a record still contains the message of its last write, the message is not sent again.
    and instr(coalesce(cast(old.payload as text), ''), id) = 0
  on conflict (service_id, grain_key, kind) do update set
    id = excluded.id, content = excluded.content, sent_event = excluded.sent_event, session_id = excluded.session_id,
    user_id = excluded.user_id, due_at = excluded.due_at, expires_at = excluded.expires_at, attempts = 0;
end;

-- The message was sent: one change appends the event and deletes the row.
create trigger notification_sent after update of sent_at on notification
  when new.sent_at is not null
begin
  insert into session_event (service_id, session_id, user_id, type, at)
  select new.service_id, new.session_id, new.user_id, new.sent_event, new.sent_at
  where new.sent_event is not null and new.session_id is not null;
  delete from notification where service_id = new.service_id and grain_key = new.grain_key and kind = new.kind;
end;
