insert into audit_event
  (service_id, at, kind, outcome, reason, actor_kind, actor_id, organization_id, target_kind, target_id, source, user_agent, client_id, session,
   request_id, detail, count)
select @service, value ->> 'at', value ->> 'kind', value ->> 'outcome', value ->> 'reason', value ->> 'actorKind', value ->> 'actorId',
       value ->> 'organizationId', value ->> 'targetKind', value ->> 'targetId', value ->> 'source', value ->> 'userAgent', value ->> 'clientId',
       value ->> 'session', value ->> 'requestId', value ->> 'detail', value ->> 'count'
from json_each(@rows)
