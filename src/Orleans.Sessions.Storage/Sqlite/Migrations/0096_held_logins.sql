-- A login is held while its session may still end, because it says which client to notify (OpenID Connect), or which session a logout ends
-- (SAML). One login is enough: the latest of a session with a client, or the latest of a session with a name at a service provider. The
-- other logins are deleted when they expire. The purge finds them without reading the held ones.
alter table oidc_authorization add column held integer not null default 0;

alter table saml_login add column held integer not null default 0;

update oidc_authorization as a set held = 1
where exists
    (select 1 from grain_state s
     where s.service_id = a.service_id and s.grain_type = 'session' and s.grain_key = 's-' || a.session_id
       and s.ended_at is null and s.expiry_published_at is null)
  and not exists
    (select 1 from oidc_authorization later
     where later.service_id = a.service_id and later.session_id = a.session_id and later.client_id = a.client_id
       and (later.expires_at, later.grain_key) > (a.expires_at, a.grain_key));

-- Holds all SAML logins of sessions that may still end, not only the latest, because no index finds them by session yet.
update saml_login as a set held = 1
where exists
    (select 1 from grain_state s
     where s.service_id = a.service_id and s.grain_type = 'session' and s.grain_key = 's-' || a.session_id
       and s.ended_at is null and s.expiry_published_at is null);

drop index oidc_authorization_by_expiry;

drop index saml_login_by_expiry;

create index oidc_authorization_to_purge on oidc_authorization (service_id, expires_at) where held = 0;

create index saml_login_to_purge on saml_login (service_id, expires_at) where held = 0;

create index saml_login_held on saml_login (service_id, session_id) where held = 1;

-- A login of a session that may still end is held. The logins that it supersedes are released.
create trigger oidc_authorization_begins after insert on oidc_authorization
  when exists
    (select 1 from grain_state s
     where s.service_id = new.service_id and s.grain_type = 'session' and s.grain_key = 's-' || new.session_id
       and s.ended_at is null and s.expiry_published_at is null)
begin
  update oidc_authorization set held = grain_key = new.grain_key
  where service_id = new.service_id and session_id = new.session_id and client_id = new.client_id
    and (held = 1 or grain_key = new.grain_key);
end;

create trigger oidc_authorization_joins after update of session_id on oidc_authorization
  when new.session_id is not old.session_id and exists
    (select 1 from grain_state s
     where s.service_id = new.service_id and s.grain_type = 'session' and s.grain_key = 's-' || new.session_id
       and s.ended_at is null and s.expiry_published_at is null)
begin
  update oidc_authorization set held = grain_key = new.grain_key
  where service_id = new.service_id and session_id = new.session_id and client_id = new.client_id
    and (held = 1 or grain_key = new.grain_key);
end;

create trigger saml_login_begins after insert on saml_login
  when exists
    (select 1 from grain_state s
     where s.service_id = new.service_id and s.grain_type = 'session' and s.grain_key = 's-' || new.session_id
       and s.ended_at is null and s.expiry_published_at is null)
begin
  update saml_login set held = 0
  where service_id = new.service_id and session_id = new.session_id and held = 1
    and entity_id = new.entity_id and name_id = new.name_id and session_index = new.session_index;
  update saml_login set held = 1 where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger saml_login_joins after update of session_id on saml_login
  when new.session_id is not old.session_id and exists
    (select 1 from grain_state s
     where s.service_id = new.service_id and s.grain_type = 'session' and s.grain_key = 's-' || new.session_id
       and s.ended_at is null and s.expiry_published_at is null)
begin
  update saml_login set held = 0
  where service_id = new.service_id and session_id = new.session_id and held = 1
    and entity_id = new.entity_id and name_id = new.name_id and session_index = new.session_index;
  update saml_login set held = 1 where service_id = new.service_id and grain_key = new.grain_key;
end;

-- When a session ends, it releases its logins. This happens again when its row is deleted, for a login that was completed at the same
-- moment.
create trigger session_event_releases after insert on session_event
  when new.type in ('session.terminated', 'session.expired')
begin
  update oidc_authorization set held = 0 where service_id = new.service_id and session_id = new.session_id and held = 1;
  update saml_login set held = 0 where service_id = new.service_id and session_id = new.session_id and held = 1;
end;

create trigger session_deleted_releases after delete on grain_state
  when old.grain_type = 'session'
begin
  update oidc_authorization set held = 0 where service_id = old.service_id and session_id = substr(old.grain_key, 3) and held = 1;
  update saml_login set held = 0 where service_id = old.service_id and session_id = substr(old.grain_key, 3) and held = 1;
end;
