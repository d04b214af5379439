-- Until a message is delivered, its encrypted content (a code, a person's data) is in one place: the table notification. The record that
-- caused the message keeps only the message's id, so that the message is not sent again.
create or replace function notification_append() returns trigger language plpgsql as
$$
declare
  stored  record;
  message json;
  kept    text;
begin
  -- The update below does not make a new version.
  if tg_op = 'UPDATE' and new.version = old.version then
    return null;
  end if;

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

    -- The content is removed by its raw text, because base64 may be escaped in JSON.
    kept := convert_from(new.payload, 'UTF8');
    for message in select value from json_array_elements(stored.outbox) loop
      kept := replace(kept, '"content":' || (message -> 'content')::text, '"content":""');
    end loop;

    update grain_state set payload = convert_to(kept, 'UTF8')
    where service_id = new.service_id and grain_type = new.grain_type and grain_key = new.grain_key
      and payload <> convert_to(kept, 'UTF8');
  end if;

  return null;
end
$$;
