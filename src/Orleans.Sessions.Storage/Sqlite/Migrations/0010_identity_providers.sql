-- The user who is linked to a person at an external identity provider. The rows come from the property "links" of a stored user, in the
-- transaction that stores it. If two users are linked to one identity at the same time, the second one fails at the primary key.
create table user_identity
(
  service_id  text not null,
  provider_id text not null,
  external_id text not null,
  user_id     text not null,
  grain_key   text not null,
  primary key (service_id, provider_id, external_id)
) without rowid;

create index user_identity_by_user on user_identity (service_id, grain_key);

create view stored_link as
select s.service_id, s.grain_key, json_extract(cast(s.payload as text), '$.id') as user_id,
       json_extract(l.value, '$.providerId') as provider_id, json_extract(l.value, '$.externalId') as external_id
from grain_state s, json_each(cast(s.payload as text), '$.links') l
where s.grain_type = 'user' and s.payload is not null;

create trigger user_identity_inserted after insert on grain_state
  when new.grain_type = 'user' and json_type(cast(new.payload as text), '$.links') = 'array'
begin
  insert into user_identity (service_id, provider_id, external_id, user_id, grain_key)
  select service_id, provider_id, external_id, user_id, grain_key
  from stored_link
  where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger user_identity_updated after update on grain_state
  when new.grain_type = 'user' and new.payload is not null
begin
  delete from user_identity
  where service_id = new.service_id and grain_key = new.grain_key
    and (provider_id, external_id) not in
        (select provider_id, external_id from stored_link
         where service_id = new.service_id and grain_key = new.grain_key);

  insert into user_identity (service_id, provider_id, external_id, user_id, grain_key)
  select l.service_id, l.provider_id, l.external_id, l.user_id, l.grain_key
  from stored_link l
  where l.service_id = new.service_id and l.grain_key = new.grain_key
    and not exists (select 1 from user_identity known
                    where known.service_id = l.service_id and known.provider_id = l.provider_id
                      and known.external_id = l.external_id and known.grain_key = l.grain_key);
end;

create trigger user_identity_cleared after update on grain_state
  when new.grain_type = 'user' and new.payload is null
begin
  delete from user_identity where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger user_identity_removed after delete on grain_state
  when old.grain_type = 'user'
begin
  delete from user_identity where service_id = old.service_id and grain_key = old.grain_key;
end;

-- When the row of a login at an external provider may be deleted.
create table intent_purge
(
  service_id text    not null,
  grain_key  text    not null,
  gone_at    integer not null,
  primary key (service_id, grain_key)
) without rowid;

create index intent_purge_by_time on intent_purge (service_id, gone_at);

create trigger intent_purge_inserted after insert on grain_state
  when new.grain_type = 'intent' and new.payload is not null
begin
  insert into intent_purge (service_id, grain_key, gone_at)
  values (new.service_id, new.grain_key, json_extract(cast(new.payload as text), '$.goneAt'));
end;

create trigger intent_purge_updated after update on grain_state
  when new.grain_type = 'intent' and new.payload is not null
begin
  update intent_purge set gone_at = json_extract(cast(new.payload as text), '$.goneAt')
  where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger intent_purge_removed after delete on grain_state
  when old.grain_type = 'intent'
begin
  delete from intent_purge where service_id = old.service_id and grain_key = old.grain_key;
end;
