-- One statement, so one round trip and one commit: the payload, the columns taken from it, and the outbox.
-- No row in the answer is the conflict. The insert is tried only by a grain that has never read or written a row:
-- a stale write after a delete must not bring the row back.
-- \u0000 is legal in JSON but cannot become text; only the copy that the columns are taken from is changed.
with session as materialized
(
  select * from json_to_record(
    case when @GrainTypeString = 'session'
      then replace(convert_from(@PayloadBinary, 'UTF8'), '\u0000', '\u0001')::json else '{}' end)
  as s("userId" text, "organizationId" text, "creatorId" text, "fingerprintId" text, "createdAt" bigint,
       "expiresAt" bigint, "endedAt" bigint, "expiryPublishedAt" bigint, "userEpoch" int, sequence bigint, events json)
),
updated as
(
  update grain_state set
    version = version + 1,
    payload = @PayloadBinary,
    modified_at = (extract(epoch from clock_timestamp()) * 1000000)::bigint,
    user_id = session."userId",
    organization_id = session."organizationId",
    creator_id = session."creatorId",
    fingerprint_id = session."fingerprintId",
    created_at = session."createdAt",
    expires_at = session."expiresAt",
    ended_at = session."endedAt",
    expiry_published_at = session."expiryPublishedAt",
    user_epoch = session."userEpoch"
  from session
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_key = @GrainIdExtensionString
    and version = @GrainStateVersion
  returning version
),
inserted as
(
  insert into grain_state
    (service_id, grain_type, grain_key, version, payload, modified_at, user_id, organization_id, creator_id,
     fingerprint_id, created_at, expires_at, ended_at, expiry_published_at, user_epoch)
  select @ServiceId, @GrainTypeString, @GrainIdExtensionString, 1, @PayloadBinary,
         (extract(epoch from clock_timestamp()) * 1000000)::bigint, "userId", "organizationId", "creatorId",
         "fingerprintId", "createdAt", "expiresAt", "endedAt", "expiryPublishedAt", "userEpoch"
  from session
  where @GrainStateVersion is null
  on conflict do nothing
  returning version
),
written as
(
  select version from updated union all select version from inserted
),
published as
(
  insert into session_event (service_id, session_id, user_id, sequence, type, reason, at)
  select @ServiceId, substr(@GrainIdExtensionString, 3), session."userId", session.sequence, e.type, e.reason, e.at
  from written, session, json_to_recordset(session.events) as e(type text, reason text, at bigint)
)
select version as NewGrainStateVersion from written
