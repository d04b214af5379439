-- What the database must know about an OpenID Connect authorization: which client to notify when its session ends, and when its row can be
-- deleted. It is updated from the stored record, in the transaction that stores it.
create table oidc_authorization
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  session_id text collate "C",
  user_id    text collate "C",
  client_id  text collate "C" not null,
  issuer     text not null,
  expires_at bigint not null,
  primary key (service_id, grain_key)
);

create index oidc_authorization_by_session on oidc_authorization (service_id, session_id) where session_id is not null;

create index oidc_authorization_by_expiry on oidc_authorization (service_id, expires_at);

create function note_oidc_authorization() returns trigger language plpgsql as
$$
declare
  record json;
begin
  if tg_op = 'DELETE' then
    delete from oidc_authorization where service_id = old.service_id and grain_key = old.grain_key;
    return old;
  end if;

  record := replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json;
  insert into oidc_authorization (service_id, grain_key, session_id, user_id, client_id, issuer, expires_at)
  values (new.service_id, new.grain_key, record ->> 'sessionId', record ->> 'userId', record ->> 'clientId', record ->> 'issuer',
          (record ->> 'expiresAt')::bigint)
  on conflict (service_id, grain_key) do update set
    session_id = excluded.session_id, user_id = excluded.user_id, expires_at = excluded.expires_at;
  return new;
end
$$;

create trigger oidc_authorization_written after insert or update of payload on grain_state
  for each row when (new.grain_type = 'oidc_authorization' and new.payload is not null)
  execute function note_oidc_authorization();

create trigger oidc_authorization_deleted after delete on grain_state
  for each row when (old.grain_type = 'oidc_authorization')
  execute function note_oidc_authorization();

-- The notifications of clients about ended sessions, and their results. Pending entries are the outbox of the back-channel logout; the
-- others are its ledger. due_at is the earliest time of the next attempt, or the time when the entry was settled.
create table logout_delivery
(
  id         bigint generated always as identity primary key,
  service_id text collate "C" not null,
  session_id text collate "C" not null,
  user_id    text collate "C" not null,
  client_id  text collate "C" not null,
  issuer     text not null,
  reason     text not null,
  ended_at   bigint not null,
  state      int not null default 1,
  attempts   int not null default 0,
  due_at     bigint not null,
  outcome    text
);

create index logout_delivery_due on logout_delivery (service_id, due_at) where state = 1;

create index logout_delivery_settled on logout_delivery (service_id, due_at) where state <> 1;

create index logout_delivery_by_session on logout_delivery (service_id, session_id, client_id);

-- This runs in the transaction that ends the session, so a crash cannot separate the two. If a session expires and is deleted later, the
-- client is notified only once.
create function owe_logout() returns trigger language plpgsql as
$$
begin
  insert into logout_delivery (service_id, session_id, user_id, client_id, issuer, reason, ended_at, due_at)
  select new.service_id, new.session_id, min(a.user_id), a.client_id, max(a.issuer), coalesce(new.reason, ''), new.at, new.at
  from oidc_authorization a
  where a.service_id = new.service_id and a.session_id = new.session_id
    and not exists
      (select 1 from logout_delivery d
       where d.service_id = new.service_id and d.session_id = new.session_id and d.client_id = a.client_id)
  group by a.client_id;
  return new;
end
$$;

create trigger session_event_ended after insert on session_event
  for each row when (new.type in ('session.terminated', 'session.expired'))
  execute function owe_logout();
