-- A login is held while its session may still end, because it says which client to notify (OpenID Connect), or which session a logout ends
-- (SAML). One login is enough: the latest of a session with a client, or the latest of a session with a name at a service provider. The
-- other logins are deleted when they expire. The purge finds them without reading the held ones.
alter table oidc_authorization add column held boolean not null default false;

alter table saml_login add column held boolean not null default false;

update oidc_authorization a set held = true
where exists
    (select 1 from grain_state s
     where s.service_id = a.service_id and s.grain_type = 'session' and s.grain_key = 's-' || a.session_id
       and s.ended_at is null and s.expiry_published_at is null)
  and not exists
    (select 1 from oidc_authorization later
     where later.service_id = a.service_id and later.session_id = a.session_id and later.client_id = a.client_id
       and (later.expires_at, later.grain_key) > (a.expires_at, a.grain_key));

-- Holds all SAML logins of sessions that may still end, not only the latest, because no index finds them by session yet.
update saml_login a set held = true
where exists
    (select 1 from grain_state s
     where s.service_id = a.service_id and s.grain_type = 'session' and s.grain_key = 's-' || a.session_id
       and s.ended_at is null and s.expiry_published_at is null);

drop index oidc_authorization_by_expiry;

drop index saml_login_by_expiry;

create index oidc_authorization_to_purge on oidc_authorization (service_id, expires_at) where not held;

create index saml_login_to_purge on saml_login (service_id, expires_at) where not held;

create index saml_login_held on saml_login (service_id, session_id) where held;

-- A login of a session that may still end is held. The logins that it supersedes are released.
create function hold_authorization() returns trigger language plpgsql as
$$
begin
  if exists
    (select 1 from grain_state s
     where s.service_id = new.service_id and s.grain_type = 'session' and s.grain_key = 's-' || new.session_id
       and s.ended_at is null and s.expiry_published_at is null)
  then
    update oidc_authorization a set held = a.grain_key = new.grain_key
    where a.service_id = new.service_id and a.session_id = new.session_id and a.client_id = new.client_id
      and (a.held or a.grain_key = new.grain_key);
  end if;
  return null;
end
$$;

create trigger oidc_authorization_begins after insert on oidc_authorization
  for each row when (new.session_id is not null) execute function hold_authorization();

create trigger oidc_authorization_joins after update of session_id on oidc_authorization
  for each row when (new.session_id is distinct from old.session_id) execute function hold_authorization();

create function hold_saml_login() returns trigger language plpgsql as
$$
begin
  if exists
    (select 1 from grain_state s
     where s.service_id = new.service_id and s.grain_type = 'session' and s.grain_key = 's-' || new.session_id
       and s.ended_at is null and s.expiry_published_at is null)
  then
    update saml_login a set held = false
    where a.service_id = new.service_id and a.session_id = new.session_id and a.held
      and a.entity_id = new.entity_id and a.name_id = new.name_id and a.session_index = new.session_index;
    update saml_login a set held = true where a.service_id = new.service_id and a.grain_key = new.grain_key;
  end if;
  return null;
end
$$;

create trigger saml_login_begins after insert on saml_login
  for each row when (new.session_id is not null) execute function hold_saml_login();

create trigger saml_login_joins after update of session_id on saml_login
  for each row when (new.session_id is distinct from old.session_id) execute function hold_saml_login();

-- When a session ends, it releases its logins. This happens again when its row is deleted, for a login that was completed at the same
-- moment.
create function release_logins() returns trigger language plpgsql as
$$
declare
  service text;
  session text;
begin
  if tg_op = 'DELETE' then
    service := old.service_id;
    session := substr(old.grain_key, 3);
  else
    service := new.service_id;
    session := new.session_id;
  end if;

  update oidc_authorization a set held = false where a.service_id = service and a.session_id = session and a.held;
  update saml_login a set held = false where a.service_id = service and a.session_id = session and a.held;
  return null;
end
$$;

create trigger session_event_releases after insert on session_event
  for each row when (new.type in ('session.terminated', 'session.expired'))
  execute function release_logins();

create trigger session_deleted_releases after delete on grain_state
  for each row when (old.grain_type = 'session')
  execute function release_logins();
