-- Until a message is delivered, its encrypted content (a code, a person's data) is in one place: the table notification. The record that
-- caused the message keeps only the message's id, so that the message is not sent again. The update that removes the content makes no new
-- version, and it has no other effect.
create view stored_without_content as
select service_id, grain_type, grain_key,
       cast(json_set(cast(payload as text), '$.outbox', json(
         (select json_group_array(json_set(m.value, '$.content', '')) from json_each(cast(payload as text), '$.outbox') m))) as blob)
         as payload
from grain_state
where grain_type in ('session', 'user');

drop trigger session_event_updated;

create trigger session_event_updated after update on grain_state
  when new.version <> old.version and json_type(new.session, '$.events') = 'array'
begin
  insert into session_event (service_id, session_id, user_id, sequence, type, reason, at)
  select new.service_id, substr(new.grain_key, 3), new.user_id, json_extract(new.session, '$.sequence'),
         json_extract(e.value, '$.type'), json_extract(e.value, '$.reason'), json_extract(e.value, '$.at')
  from json_each(new.session, '$.events') e;
end;

drop trigger notification_inserted;

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
  update grain_state set payload =
    (select s.payload from stored_without_content s
     where s.service_id = new.service_id and s.grain_type = new.grain_type and s.grain_key = new.grain_key)
  where service_id = new.service_id and grain_type = new.grain_type and grain_key = new.grain_key;
end;

drop trigger notification_updated;

create trigger notification_updated after update on grain_state
  when new.version <> old.version and new.grain_type in ('session', 'user')
    and json_type(cast(new.payload as text), '$.outbox') = 'array'
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
  update grain_state set payload =
    (select s.payload from stored_without_content s
     where s.service_id = new.service_id and s.grain_type = new.grain_type and s.grain_key = new.grain_key)
  where service_id = new.service_id and grain_type = new.grain_type and grain_key = new.grain_key;
end;
