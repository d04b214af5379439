-- Finds the service providers to notify when a session ends.
create index saml_login_by_session on saml_login (service_id, session_id) where session_id is not null;

-- When the row of a logout with service providers can be deleted. It is updated from the stored record, in the transaction that stores it.
create table saml_logout
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  expires_at bigint           not null,
  primary key (service_id, grain_key)
);

create index saml_logout_by_expiry on saml_logout (service_id, expires_at);

create function saml_logout_set() returns trigger language plpgsql as
$$
begin
  insert into saml_logout (service_id, grain_key, expires_at)
  select new.service_id, new.grain_key, l."expiresAt"
  from json_to_record(replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json) as l("expiresAt" bigint);
  return null;
end
$$;

create function saml_logout_remove() returns trigger language plpgsql as
$$
begin
  delete from saml_logout where service_id = old.service_id and grain_key = old.grain_key;
  return null;
end
$$;

-- The row expires at the same time whatever happens to the logout, so no update needs a trigger.
create trigger saml_logout_inserted after insert on grain_state
  for each row when (new.grain_type = 'saml_logout') execute function saml_logout_set();

create trigger saml_logout_removed after delete on grain_state
  for each row when (old.grain_type = 'saml_logout') execute function saml_logout_remove();
