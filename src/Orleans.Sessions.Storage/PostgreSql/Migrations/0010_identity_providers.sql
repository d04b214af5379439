-- The user who is linked to a person at an external identity provider. The rows come from the property "links" of a stored user, in the
-- transaction that stores it. If two users are linked to one identity at the same time, the second one fails at the primary key.
create table user_identity
(
  service_id  text collate "C" not null,
  provider_id text collate "C" not null,
  external_id text collate "C" not null,
  user_id     text collate "C" not null,
  grain_key   text collate "C" not null,
  primary key (service_id, provider_id, external_id)
);

create index user_identity_by_user on user_identity (service_id, grain_key);

create function user_identity_set() returns trigger language plpgsql as
$$
declare
  stored json := replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json;
  links  json := coalesce(stored -> 'links', '[]');
begin
  delete from user_identity known
  where known.service_id = new.service_id and known.grain_key = new.grain_key
    and not exists (select from json_to_recordset(links) as l("providerId" text, "externalId" text)
                    where l."providerId" = known.provider_id and l."externalId" = known.external_id);

  insert into user_identity (service_id, provider_id, external_id, user_id, grain_key)
  select new.service_id, l."providerId", l."externalId", stored ->> 'id', new.grain_key
  from json_to_recordset(links) as l("providerId" text, "externalId" text)
  where not exists (select from user_identity known
                    where known.service_id = new.service_id and known.provider_id = l."providerId"
                      and known.external_id = l."externalId" and known.grain_key = new.grain_key);
  return null;
end
$$;

create function user_identity_remove() returns trigger language plpgsql as
$$
begin
  delete from user_identity where service_id = old.service_id and grain_key = old.grain_key;
  return null;
end
$$;

create trigger user_identity_set after insert or update on grain_state
  for each row when (new.grain_type = 'user' and new.payload is not null) execute function user_identity_set();

create trigger user_identity_cleared after update on grain_state
  for each row when (new.grain_type = 'user' and new.payload is null) execute function user_identity_remove();

create trigger user_identity_removed after delete on grain_state
  for each row when (old.grain_type = 'user') execute function user_identity_remove();

-- When the row of a login at an external provider may be deleted. This is a table of its own: an index on a column of grain_state that
-- every write changes would make every write of every grain update all indexes.
create table intent_purge
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  gone_at    bigint           not null,
  primary key (service_id, grain_key)
);

create index intent_purge_by_time on intent_purge (service_id, gone_at);

create function intent_purge_set() returns trigger language plpgsql as
$$
begin
  insert into intent_purge (service_id, grain_key, gone_at)
  select new.service_id, new.grain_key, i."goneAt"
  from json_to_record(replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json) as i("goneAt" bigint)
  on conflict (service_id, grain_key) do update set gone_at = excluded.gone_at;
  return null;
end
$$;

create function intent_purge_remove() returns trigger language plpgsql as
$$
begin
  delete from intent_purge where service_id = old.service_id and grain_key = old.grain_key;
  return null;
end
$$;

create trigger intent_purge_set after insert or update on grain_state
  for each row when (new.grain_type = 'intent' and new.payload is not null) execute function intent_purge_set();

create trigger intent_purge_removed after delete on grain_state
  for each row when (old.grain_type = 'intent') execute function intent_purge_remove();
