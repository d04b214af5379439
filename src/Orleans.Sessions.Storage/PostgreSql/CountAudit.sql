insert into audit_event as known
  (service_id, at, kind, outcome, reason, actor_kind, actor_id, organization_id, target_kind, target_id, source, user_agent, client_id, session,
   request_id, detail, count, bucket)
select @service, r.at, r.kind, r.outcome, r.reason, r."actorKind", r."actorId", r."organizationId", r."targetKind", r."targetId", r.source,
       r."userAgent", r."clientId", r.session, r."requestId", r.detail, r.count, r.bucket
from json_to_recordset(@rows::json)
  as r(at bigint, kind text, outcome smallint, reason text, "actorKind" smallint, "actorId" text, "organizationId" text, "targetKind" text,
       "targetId" text, source text, "userAgent" text, "clientId" text, session text, "requestId" text, detail text, count int, bucket text)
-- All nodes use the same order, so that two statements can never deadlock.
order by r.bucket
on conflict (service_id, bucket) where bucket is not null do update set count = known.count + excluded.count
