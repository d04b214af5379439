-- At whom an e-mail address is verified, taken from the stored user in the transaction that stores it. Several users may have one, unless
-- one of them was to be the only one ("hasUniqueEmail") when it was verified: of two that race for it, the second waits for the first, sees
-- it, and fails.
create table verified_email
(
  service_id text collate "C" not null,
  email_key  text collate "C" not null,
  grain_key  text collate "C" not null,
  user_id    text collate "C" not null,
  primary key (service_id, email_key, grain_key)
);

create index verified_email_by_user on verified_email (service_id, grain_key);

create function verified_email_set() returns trigger language plpgsql as
$$
declare
  stored json := replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json;
  email  text := case when (stored -> 'email' ->> 'isVerified')::boolean then stored -> 'directory' ->> 'emailKey' end;
begin
  if email is not null and exists (select from verified_email
                                   where service_id = new.service_id and email_key = email and grain_key = new.grain_key) then
    return null;
  end if;

  delete from verified_email where service_id = new.service_id and grain_key = new.grain_key;
  if email is null then
    return null;
  end if;

  if (stored ->> 'hasUniqueEmail')::boolean then
    perform pg_advisory_xact_lock(hashtextextended('verified_email ' || new.service_id || ' ' || email, 0));
    if exists (select from verified_email where service_id = new.service_id and email_key = email) then
      raise exception 'the e-mail address is verified at somebody else' using errcode = 'unique_violation';
    end if;
  end if;

  insert into verified_email (service_id, email_key, grain_key, user_id) values (new.service_id, email, new.grain_key, stored ->> 'id');
  return null;
end
$$;

create function verified_email_remove() returns trigger language plpgsql as
$$
begin
  delete from verified_email where service_id = old.service_id and grain_key = old.grain_key;
  return null;
end
$$;

create trigger verified_email_set after insert or update on grain_state
  for each row when (new.grain_type = 'user' and new.payload is not null) execute function verified_email_set();

create trigger verified_email_cleared after update on grain_state
  for each row when (new.grain_type = 'user' and new.payload is null) execute function verified_email_remove();

create trigger verified_email_removed after delete on grain_state
  for each row when (old.grain_type = 'user') execute function verified_email_remove();

insert into verified_email (service_id, email_key, grain_key, user_id)
select service_id, stored -> 'directory' ->> 'emailKey', grain_key, stored ->> 'id'
from (select service_id, grain_key, replace(convert_from(payload, 'UTF8'), '\u0000', '\u0001')::json as stored
      from grain_state where grain_type = 'user' and payload is not null) users
where (stored -> 'email' ->> 'isVerified')::boolean and stored -> 'directory' ->> 'emailKey' is not null;
