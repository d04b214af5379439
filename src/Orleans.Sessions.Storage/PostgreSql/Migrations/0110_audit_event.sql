-- The audit trail: what happened, who did it, and from where. It is separate from sessions, because session rows are deleted much sooner.
-- Failures and refused calls are counted. All such events of one minute with the same values have one row, and its count goes up. "bucket"
-- identifies the row: it is a hash of the values that the events have in common.
create table audit_event
(
  id              bigint generated always as identity,
  service_id      text collate "C" not null,
  at              bigint           not null,
  kind            text collate "C" not null,
  outcome         smallint         not null,
  reason          text collate "C",
  actor_kind      smallint         not null,
  actor_id        text collate "C",
  organization_id text collate "C",
  target_kind     text collate "C",
  target_id       text collate "C",
  source          text collate "C",
  user_agent      text collate "C",
  client_id       text collate "C",
  session         text collate "C",
  request_id      text collate "C",
  detail          text collate "C",
  count           int              not null,
  bucket          text collate "C",
  primary key (service_id, at, id)
);

create index audit_event_by_actor on audit_event (service_id, actor_id, at, id) where actor_id is not null;

create index audit_event_by_target on audit_event (service_id, target_id, at, id) where target_id is not null;

create index audit_event_by_organization on audit_event (service_id, organization_id, at, id) where organization_id is not null;

create index audit_event_by_session on audit_event (service_id, session, at, id) where session is not null;

create unique index audit_event_counted on audit_event (service_id, bucket) where bucket is not null;

create function append_audit(service text, rows json) returns void language sql as
$$
  insert into audit_event
    (service_id, at, kind, outcome, reason, actor_kind, actor_id, organization_id, target_kind, target_id, source, user_agent, client_id, session,
     request_id, detail, count)
  select service, r.at, r.kind, r.outcome, r.reason, r."actorKind", r."actorId", r."organizationId", r."targetKind", r."targetId", r.source,
         r."userAgent", r."clientId", r.session, r."requestId", r.detail, r.count
  from json_to_recordset(rows)
    as r(at bigint, kind text, outcome smallint, reason text, "actorKind" smallint, "actorId" text, "organizationId" text, "targetKind" text,
         "targetId" text, source text, "userAgent" text, "clientId" text, session text, "requestId" text, detail text, count int)
$$;

-- Like write_grain_state, with the events of the change: both are written or neither.
create function write_grain_state(service text, type text, key text, known int, data bytea, audit json)
returns int language plpgsql as
$$
declare
  written int := write_grain_state(service, type, key, known, data);
begin
  if written is not null then
    perform append_audit(service, audit);
  end if;
  return written;
end
$$;

-- Like write_sessions, with the events of each change (null means no events).
create function write_sessions(service text, keys text[], known int[], payloads bytea[], audits text[])
returns table(key text, version int) language plpgsql as
$$
#variable_conflict use_column
declare
  written  text[];
  versions int[];
begin
  select coalesce(array_agg(w.key), '{}'), coalesce(array_agg(w.version), '{}')
  from write_sessions(service, keys, known, payloads) as w into written, versions;

  perform append_audit(service, a.rows::json)
  from unnest(keys, audits) as a(key, rows)
  where a.rows is not null and a.key = any(written);

  return query select * from unnest(written, versions);
end
$$;
