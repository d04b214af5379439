-- Finds the service providers to notify when a session ends.
create index saml_login_by_session on saml_login (service_id, session_id) where session_id is not null;

-- When the row of a logout with service providers can be deleted. It is updated from the stored record, in the transaction that stores it.
create table saml_logout
(
  service_id text    not null,
  grain_key  text    not null,
  expires_at integer not null,
  primary key (service_id, grain_key)
) without rowid;

create index saml_logout_by_expiry on saml_logout (service_id, expires_at);

-- The row expires at the same time whatever happens to the logout, so no update needs a trigger.
create trigger saml_logout_inserted after insert on grain_state
  when new.grain_type = 'saml_logout'
begin
  insert into saml_logout (service_id, grain_key, expires_at)
  values (new.service_id, new.grain_key, json_extract(cast(new.payload as text), '$.expiresAt'));
end;

create trigger saml_logout_removed after delete on grain_state
  when old.grain_type = 'saml_logout'
begin
  delete from saml_logout where service_id = old.service_id and grain_key = old.grain_key;
end;
