-- Writes many sessions in one call and one commit. Most of the cost of writing one session is the cost of the statement itself: planning,
-- opening eight indexes, the commit. Sessions that are written at the same time share this cost. If a row is missing in the answer, it had
-- a conflict; the other rows are still written. The keys must differ.

-- The columns that come from a session's payload. \u0000 is legal in JSON but cannot become text. Only the copy from which the columns are
-- read is changed.
create function session_columns(payload bytea)
returns table("userId" text, "organizationId" text, "creatorId" text, "fingerprintId" text, "createdAt" bigint,
              "expiresAt" bigint, "endedAt" bigint, "expiryPublishedAt" bigint, "userEpoch" int, sequence bigint, events json)
language sql stable as
$$
  select *
  from json_to_record(replace(convert_from(payload, 'UTF8'), '\u0000', '\u0001')::json)
    as s("userId" text, "organizationId" text, "creatorId" text, "fingerprintId" text, "createdAt" bigint,
         "expiresAt" bigint, "endedAt" bigint, "expiryPublishedAt" bigint, "userEpoch" int, sequence bigint, events json)
$$;

-- The insert is tried only for a grain that has never read or written a row (its known version is null), because a stale write after a
-- delete must not bring the row back.
create function write_sessions(service text, keys text[], known int[], payloads bytea[])
returns table(key text, version int) language plpgsql as
$$
#variable_conflict use_column
declare
  moment          bigint := extract(epoch from clock_timestamp()) * 1000000;
  written         text[] := '{}';
  versions        int[]  := '{}';
  updated_version int;
begin
  if array_position(known, null) is not null then
    with inserted as
    (
      insert into grain_state
        (service_id, grain_type, grain_key, version, payload, modified_at, user_id, organization_id, creator_id,
         fingerprint_id, created_at, expires_at, ended_at, expiry_published_at, user_epoch)
      select service, 'session', w.key, 1, w.payload, moment, s."userId", s."organizationId", s."creatorId",
             s."fingerprintId", s."createdAt", s."expiresAt", s."endedAt", s."expiryPublishedAt", s."userEpoch"
      from unnest(keys, known, payloads) as w(key, known, payload), session_columns(w.payload) as s
      where w.known is null
      on conflict do nothing
      returning grain_key, version
    )
    select coalesce(array_agg(grain_key), '{}'), coalesce(array_agg(version), '{}') from inserted into written, versions;
  end if;

  -- The loop goes row by row, so that the plan uses the primary key whatever the statistics say.
  for i in 1..cardinality(keys) loop
    continue when known[i] is null;
    update grain_state set
      version = version + 1,
      payload = payloads[i],
      modified_at = moment,
      user_id = s."userId",
      organization_id = s."organizationId",
      creator_id = s."creatorId",
      fingerprint_id = s."fingerprintId",
      created_at = s."createdAt",
      expires_at = s."expiresAt",
      ended_at = s."endedAt",
      expiry_published_at = s."expiryPublishedAt",
      user_epoch = s."userEpoch"
    from session_columns(payloads[i]) as s
    where service_id = service and grain_type = 'session' and grain_key = keys[i] and version = known[i]
    returning version into updated_version;
    if found then
      written := written || keys[i];
      versions := versions || updated_version;
    end if;
  end loop;

  if exists (select from unnest(payloads) as w(payload) where position('"events"'::bytea in w.payload) > 0) then
    insert into session_event (service_id, session_id, user_id, sequence, type, reason, at)
    select service, substr(w.key, 3), s."userId", s.sequence, e.type, e.reason, e.at
    from unnest(keys, payloads) as w(key, payload), session_columns(w.payload) as s,
         json_to_recordset(s.events) as e(type text, reason text, at bigint)
    where w.key = any(written);
  end if;

  return query select * from unnest(written, versions);
end
$$;

create or replace function write_grain_state(service text, type text, key text, known int, data bytea)
returns int language plpgsql as
$$
#variable_conflict use_column
declare
  moment  bigint := extract(epoch from clock_timestamp()) * 1000000;
  written int;
begin
  if type = 'session' then
    return (select version from write_sessions(service, array[key], array[known], array[data]));
  end if;

  if known is null then
    insert into grain_state (service_id, grain_type, grain_key, version, payload, modified_at)
    values (service, type, key, 1, data, moment)
    on conflict do nothing
    returning version into written;
  else
    update grain_state set version = version + 1, payload = data, modified_at = moment
    where service_id = service and grain_type = type and grain_key = key and version = known
    returning version into written;
  end if;

  return written;
end
$$;
