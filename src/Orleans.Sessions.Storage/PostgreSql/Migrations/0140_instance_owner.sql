-- The users who can administer the installation: active users with the role IAM_OWNER on the instance and a credential. The rows come from
-- the stored user, in the transaction that stores it. The last owner cannot be removed. If two owners remove each other's role at the same
-- time, the second one waits for the first, finds that no other owner is left, and fails.
create table instance_owner
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  primary key (service_id, grain_key)
);

create function is_instance_owner(payload bytea) returns boolean language plpgsql immutable as
$$
declare
  stored json;
begin
  -- Few users have this role. The records of the others are not parsed.
  if position(convert_to('IAM_OWNER', 'UTF8') in payload) = 0 then
    return false;
  end if;

  stored := replace(convert_from(payload, 'UTF8'), '\u0000', '\u0001')::json;
  return coalesce((stored ->> 'state')::int, 0) = 1
    and exists (select from json_to_recordset(coalesce(stored -> 'roles', '[]')) as g("organizationId" text, roles json)
                where g."organizationId" is null
                  and exists (select from json_array_elements_text(g.roles) as r(role) where r.role = 'IAM_OWNER'))
    and (coalesce(stored ->> 'password', stored ->> 'links', stored ->> 'accessTokens', stored ->> 'keys', stored ->> 'clientSecret') is not null
         -- A key whose registration is not finished has no credential.
         or position('"credential":' in coalesce(stored ->> 'webAuthnKeys', '')) > 0);
end
$$;

create function instance_owner_set() returns trigger language plpgsql as
$$
begin
  if is_instance_owner(new.payload) then
    insert into instance_owner (service_id, grain_key) values (new.service_id, new.grain_key) on conflict do nothing;
    return null;
  end if;

  if not exists (select from instance_owner where service_id = new.service_id and grain_key = new.grain_key) then
    return null;
  end if;

  perform pg_advisory_xact_lock(hashtextextended('instance_owner ' || new.service_id, 0));
  delete from instance_owner where service_id = new.service_id and grain_key = new.grain_key;
  if not exists (select from instance_owner where service_id = new.service_id) then
    raise exception 'the last owner' using errcode = 'OS001';
  end if;

  return null;
end
$$;

create function instance_owner_remove() returns trigger language plpgsql as
$$
begin
  delete from instance_owner where service_id = old.service_id and grain_key = old.grain_key;
  return null;
end
$$;

create trigger instance_owner_set after insert or update on grain_state
  for each row when (new.grain_type = 'user' and new.payload is not null) execute function instance_owner_set();

create trigger instance_owner_removed after delete on grain_state
  for each row when (old.grain_type = 'user') execute function instance_owner_remove();

insert into instance_owner (service_id, grain_key)
select service_id, grain_key from grain_state where grain_type = 'user' and payload is not null and is_instance_owner(payload);
