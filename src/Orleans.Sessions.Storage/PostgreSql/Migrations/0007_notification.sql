-- Messages to people that are still to be delivered. The write that causes a message appends it ("outbox" of a stored session or user). The
-- content of a message is encrypted. A grain has at most one message of each kind. A newer message replaces the older one, because the
-- older code is no longer valid.
create table notification
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  kind       text collate "C" not null,
  id         text collate "C" not null,
  content    text             not null,
  sent_event text,
  session_id text collate "C",
  user_id    text collate "C",
  due_at     bigint           not null,
  expires_at bigint           not null,
  attempts   int              not null,
  primary key (service_id, grain_key, kind)
);

create index notification_due on notification (service_id, due_at);

-- This is a trigger, so that it works for every statement that writes the session or user.
create function notification_append() returns trigger language plpgsql as
$$
declare
  stored record;
begin
  select * into stored
  -- \u0000 is legal in JSON but cannot become text: see write_grain_state.
  from json_to_record(replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json) as s("userId" text, outbox json);

  if json_typeof(stored.outbox) = 'array' then
    insert into notification
      (service_id, grain_key, kind, id, content, sent_event, session_id, user_id, due_at, expires_at, attempts)
    select new.service_id, new.grain_key, m.kind, m.id, m.content, m."sentEvent",
           case when new.grain_type = 'session' then substr(new.grain_key, 3) end,
           case when new.grain_type = 'session' then stored."userId" else substr(new.grain_key, 3) end,
           m."dueAt", m."expiresAt", 0
    from json_to_recordset(stored.outbox)
           as m(kind text, id text, content text, "sentEvent" text, "dueAt" bigint, "expiresAt" bigint)
    -- If a record still contains the message of its last write, the message is not sent again.
    where tg_op = 'INSERT' or coalesce(position(convert_to(m.id, 'UTF8') in old.payload), 0) = 0
    on conflict (service_id, grain_key, kind) do update set
      id = excluded.id, content = excluded.content, sent_event = excluded.sent_event, session_id = excluded.session_id,
      user_id = excluded.user_id, due_at = excluded.due_at, expires_at = excluded.expires_at, attempts = 0;
  end if;

  return null;
end
$$;

-- Nearly all writes cause no message. The check of the bytes avoids the function call for them.
create trigger notification_append after insert or update on grain_state
  for each row when (new.grain_type in ('session', 'user') and position('"outbox":'::bytea in new.payload) > 0)
  execute function notification_append();
