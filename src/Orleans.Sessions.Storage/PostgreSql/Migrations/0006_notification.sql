-- Messages to people that are still to be delivered, appended by the write that causes them ("outbox" of a stored
-- session or user). What is in a message is encrypted. A grain has one message of a kind: a newer one replaces it,
-- because the older code is void.
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

create function append_notifications(service text, key text, session text, owner text, outbox json)
returns void language sql as
$$
  insert into notification (service_id, grain_key, kind, id, content, sent_event, session_id, user_id, due_at, expires_at, attempts)
  select service, key, m.kind, m.id, m.content, m."sentEvent", session, owner, m."dueAt", m."expiresAt", 0
  from json_to_recordset(outbox) as m(kind text, id text, content text, "sentEvent" text, "dueAt" bigint, "expiresAt" bigint)
  on conflict (service_id, grain_key, kind) do update set
    id = excluded.id, content = excluded.content, sent_event = excluded.sent_event, session_id = excluded.session_id,
    user_id = excluded.user_id, due_at = excluded.due_at, expires_at = excluded.expires_at, attempts = 0
$$;

-- As in 0004, and the messages of sessions and users.
create or replace function write_grain_state(service text, type text, key text, known int, data bytea)
returns int language plpgsql as
$$
#variable_conflict use_column
declare
  moment  bigint := extract(epoch from clock_timestamp()) * 1000000;
  session record;
  written int;
  outbox  json;
begin
  -- \u0000 is legal in JSON but cannot become text; only the copy that the columns are taken from is changed.
  select * into session
  from json_to_record(
         case when type = 'session' then replace(convert_from(data, 'UTF8'), '\u0000', '\u0001')::json else '{}' end)
    as s("userId" text, "organizationId" text, "creatorId" text, "fingerprintId" text, "createdAt" bigint,
         "expiresAt" bigint, "endedAt" bigint, "expiryPublishedAt" bigint, "userEpoch" int, sequence bigint, events json,
         outbox json);

  if known is null then
    insert into grain_state
      (service_id, grain_type, grain_key, version, payload, modified_at, user_id, organization_id, creator_id,
       fingerprint_id, created_at, expires_at, ended_at, expiry_published_at, user_epoch)
    values
      (service, type, key, 1, data, moment, session."userId", session."organizationId", session."creatorId",
       session."fingerprintId", session."createdAt", session."expiresAt", session."endedAt",
       session."expiryPublishedAt", session."userEpoch")
    on conflict do nothing
    returning version into written;
  else
    update grain_state set
      version = version + 1,
      payload = data,
      modified_at = moment,
      user_id = session."userId",
      organization_id = session."organizationId",
      creator_id = session."creatorId",
      fingerprint_id = session."fingerprintId",
      created_at = session."createdAt",
      expires_at = session."expiresAt",
      ended_at = session."endedAt",
      expiry_published_at = session."expiryPublishedAt",
      user_epoch = session."userEpoch"
    where service_id = service and grain_type = type and grain_key = key and version = known
    returning version into written;
  end if;

  if written is not null and session.events is not null then
    insert into session_event (service_id, session_id, user_id, sequence, type, reason, at)
    select service, substr(key, 3), session."userId", session.sequence, e.type, e.reason, e.at
    from json_to_recordset(session.events) as e(type text, reason text, at bigint);
  end if;

  if written is not null and type = 'session' and session.outbox is not null then
    perform append_notifications(service, key, substr(key, 3), session."userId", session.outbox);
  elsif written is not null and type = 'user' and position('"outbox":' in convert_from(data, 'UTF8')) > 0 then
    outbox := replace(convert_from(data, 'UTF8'), '\u0000', '\u0001')::json -> 'outbox';
    if json_typeof(outbox) = 'array' then
      perform append_notifications(service, key, null, substr(key, 3), outbox);
    end if;
  end if;

  return written;
end
$$;
