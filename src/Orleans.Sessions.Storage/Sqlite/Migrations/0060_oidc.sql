-- What the database must know about an OpenID Connect authorization: which client to notify when its session ends, and when its row can be
-- deleted. It is updated from the stored record, in the transaction that stores it.
create table oidc_authorization
(
  service_id text    not null,
  grain_key  text    not null,
  session_id text,
  user_id    text,
  client_id  text    not null,
  issuer     text    not null,
  expires_at integer not null,
  primary key (service_id, grain_key)
);

create index oidc_authorization_by_session on oidc_authorization (service_id, session_id) where session_id is not null;

create index oidc_authorization_by_expiry on oidc_authorization (service_id, expires_at);

create trigger oidc_authorization_inserted after insert on grain_state
  when new.grain_type = 'oidc_authorization' and new.payload is not null
begin
  insert into oidc_authorization (service_id, grain_key, session_id, user_id, client_id, issuer, expires_at)
  values (new.service_id, new.grain_key, json_extract(cast(new.payload as text), '$.sessionId'), json_extract(cast(new.payload as text), '$.userId'),
          json_extract(cast(new.payload as text), '$.clientId'), json_extract(cast(new.payload as text), '$.issuer'),
          json_extract(cast(new.payload as text), '$.expiresAt'));
end;

create trigger oidc_authorization_updated after update on grain_state
  when new.grain_type = 'oidc_authorization' and new.payload is not null
begin
  update oidc_authorization set
    session_id = json_extract(cast(new.payload as text), '$.sessionId'),
    user_id = json_extract(cast(new.payload as text), '$.userId'),
    expires_at = json_extract(cast(new.payload as text), '$.expiresAt')
  where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger oidc_authorization_deleted after delete on grain_state
  when old.grain_type = 'oidc_authorization'
begin
  delete from oidc_authorization where service_id = old.service_id and grain_key = old.grain_key;
end;

-- The notifications of clients about ended sessions, and their results. Pending entries are the outbox of the back-channel logout; the
-- others are its ledger. due_at is the earliest time of the next attempt, or the time when the entry was settled.
create table logout_delivery
(
  id         integer primary key autoincrement,
  service_id text    not null,
  session_id text    not null,
  user_id    text    not null,
  client_id  text    not null,
  issuer     text    not null,
  reason     text    not null,
  ended_at   integer not null,
  state      integer not null default 1,
  attempts   integer not null default 0,
  due_at     integer not null,
  outcome    text
);

create index logout_delivery_due on logout_delivery (service_id, due_at) where state = 1;

create index logout_delivery_settled on logout_delivery (service_id, due_at) where state <> 1;

create index logout_delivery_by_session on logout_delivery (service_id, session_id, client_id);

-- This runs in the transaction that ends the session, so a crash cannot separate the two. If a session expires and is deleted later, the
-- client is notified only once.
create trigger session_event_ended after insert on session_event
  when new.type in ('session.terminated', 'session.expired')
begin
  insert into logout_delivery (service_id, session_id, user_id, client_id, issuer, reason, ended_at, due_at)
  select new.service_id, new.session_id, min(a.user_id), a.client_id, max(a.issuer), coalesce(new.reason, ''), new.at, new.at
  from oidc_authorization a
  where a.service_id = new.service_id and a.session_id = new.session_id
    and not exists
      (select 1 from logout_delivery d
       where d.service_id = new.service_id and d.session_id = new.session_id and d.client_id = a.client_id)
  group by a.client_id;
end;
