-- Writes a grain: the payload, the columns that come from it, and the outbox, in one call and one commit. Null means a conflict. The insert
-- is tried only for a grain that has never read or written a row, because a stale write after a delete must not bring the row back. This is
-- a function because it runs one small cached plan. One statement with an update, an insert and the outbox would set up all three each time
-- (a fifth more CPU for each create).
create function write_grain_state(service text, type text, key text, known int, data bytea)
returns int language plpgsql as
$$
#variable_conflict use_column
declare
  moment  bigint := extract(epoch from clock_timestamp()) * 1000000;
  session record;
  written int;
begin
  -- \u0000 is legal in JSON but cannot become text. Only the copy from which the columns are read is changed.
  select * into session
  from json_to_record(
         case when type = 'session' then replace(convert_from(data, 'UTF8'), '\u0000', '\u0001')::json else '{}' end)
    as s("userId" text, "organizationId" text, "creatorId" text, "fingerprintId" text, "createdAt" bigint,
         "expiresAt" bigint, "endedAt" bigint, "expiryPublishedAt" bigint, "userEpoch" int, sequence bigint, events json);

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

  return written;
end
$$;
