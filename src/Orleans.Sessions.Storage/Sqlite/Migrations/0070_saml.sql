-- What the database must know about a SAML request: which session logged in where, and with which name, for logouts; and when its row can
-- be deleted. It is updated from the stored record, in the transaction that stores it.
create table saml_login
(
  service_id    text    not null,
  grain_key     text    not null,
  entity_id     text    not null,
  session_id    text,
  name_id       text,
  session_index text,
  expires_at    integer not null,
  primary key (service_id, grain_key)
);

create index saml_login_by_name on saml_login (service_id, entity_id, name_id) where session_id is not null;

create index saml_login_by_expiry on saml_login (service_id, expires_at);

create trigger saml_login_inserted after insert on grain_state
  when new.grain_type = 'saml_request' and new.payload is not null
begin
  insert into saml_login (service_id, grain_key, entity_id, session_id, name_id, session_index, expires_at)
  values (new.service_id, new.grain_key, json_extract(cast(new.payload as text), '$.entityId'), json_extract(cast(new.payload as text), '$.sessionId'),
          json_extract(cast(new.payload as text), '$.nameId'), json_extract(cast(new.payload as text), '$.sessionIndex'),
          json_extract(cast(new.payload as text), '$.expiresAt'));
end;

create trigger saml_login_updated after update on grain_state
  when new.grain_type = 'saml_request' and new.payload is not null
begin
  update saml_login set
    session_id = json_extract(cast(new.payload as text), '$.sessionId'),
    name_id = json_extract(cast(new.payload as text), '$.nameId'),
    session_index = json_extract(cast(new.payload as text), '$.sessionIndex'),
    expires_at = json_extract(cast(new.payload as text), '$.expiresAt')
  where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger saml_login_deleted after delete on grain_state
  when old.grain_type = 'saml_request'
begin
  delete from saml_login where service_id = old.service_id and grain_key = old.grain_key;
end;
