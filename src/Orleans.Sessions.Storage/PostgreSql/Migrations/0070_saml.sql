-- What the database must know about a SAML request: which session logged in where, and with which name, for logouts; and when its row can
-- be deleted. It is updated from the stored record, in the transaction that stores it.
create table saml_login
(
  service_id    text collate "C" not null,
  grain_key     text collate "C" not null,
  entity_id     text collate "C" not null,
  session_id    text collate "C",
  name_id       text collate "C",
  session_index text collate "C",
  expires_at    bigint not null,
  primary key (service_id, grain_key)
);

create index saml_login_by_name on saml_login (service_id, entity_id, name_id) where session_id is not null;

create index saml_login_by_expiry on saml_login (service_id, expires_at);

create function note_saml_login() returns trigger language plpgsql as
$$
declare
  record json;
begin
  if tg_op = 'DELETE' then
    delete from saml_login where service_id = old.service_id and grain_key = old.grain_key;
    return old;
  end if;

  record := replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json;
  insert into saml_login (service_id, grain_key, entity_id, session_id, name_id, session_index, expires_at)
  values (new.service_id, new.grain_key, record ->> 'entityId', record ->> 'sessionId', record ->> 'nameId', record ->> 'sessionIndex',
          (record ->> 'expiresAt')::bigint)
  on conflict (service_id, grain_key) do update set
    session_id = excluded.session_id, name_id = excluded.name_id, session_index = excluded.session_index, expires_at = excluded.expires_at;
  return new;
end
$$;

create trigger saml_login_written after insert or update of payload on grain_state
  for each row when (new.grain_type = 'saml_request' and new.payload is not null)
  execute function note_saml_login();

create trigger saml_login_deleted after delete on grain_state
  for each row when (old.grain_type = 'saml_request')
  execute function note_saml_login();
