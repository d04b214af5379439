-- At whom an e-mail address is verified, taken from the stored user in the transaction that stores it. Several users may have one, unless
-- one of them was to be the only one ("hasUniqueEmail") when it was verified. SQLite has one writer at a time, so two cannot race.
create table verified_email
(
  service_id text not null,
  email_key  text not null,
  grain_key  text not null,
  user_id    text not null,
  primary key (service_id, email_key, grain_key)
) without rowid;

create index verified_email_by_user on verified_email (service_id, grain_key);

create view stored_verified_email as
select service_id, grain_key, json_extract(cast(payload as text), '$.id') as user_id,
       json_extract(cast(payload as text), '$.directory.emailKey') as email_key,
       coalesce(json_extract(cast(payload as text), '$.hasUniqueEmail'), 0) as is_unique
from grain_state
where grain_type = 'user' and payload is not null and json_extract(cast(payload as text), '$.email.isVerified') = 1
  and json_extract(cast(payload as text), '$.directory.emailKey') is not null;

create trigger verified_email_inserted after insert on grain_state
  when new.grain_type = 'user' and instr(cast(new.payload as text), '"isVerified":true') > 0
begin
  -- Whoever has it is entered once more, which violates the primary key.
  insert into verified_email (service_id, email_key, grain_key, user_id)
  select other.service_id, other.email_key, other.grain_key, other.user_id
  from stored_verified_email v
  join verified_email other on other.service_id = v.service_id and other.email_key = v.email_key and other.grain_key <> v.grain_key
  where v.service_id = new.service_id and v.grain_key = new.grain_key and v.is_unique
  limit 1;

  insert into verified_email (service_id, email_key, grain_key, user_id)
  select service_id, email_key, grain_key, user_id
  from stored_verified_email
  where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger verified_email_updated after update on grain_state
  when new.grain_type = 'user'
   and (instr(cast(new.payload as text), '"isVerified":true') > 0
        or exists (select 1 from verified_email where service_id = new.service_id and grain_key = new.grain_key))
begin
  delete from verified_email
  where service_id = new.service_id and grain_key = new.grain_key
    and email_key not in (select email_key from stored_verified_email where service_id = new.service_id and grain_key = new.grain_key);

  insert into verified_email (service_id, email_key, grain_key, user_id)
  select other.service_id, other.email_key, other.grain_key, other.user_id
  from stored_verified_email v
  join verified_email other on other.service_id = v.service_id and other.email_key = v.email_key and other.grain_key <> v.grain_key
  where v.service_id = new.service_id and v.grain_key = new.grain_key and v.is_unique
    and not exists (select 1 from verified_email own
                    where own.service_id = v.service_id and own.email_key = v.email_key and own.grain_key = v.grain_key)
  limit 1;

  insert into verified_email (service_id, email_key, grain_key, user_id)
  select v.service_id, v.email_key, v.grain_key, v.user_id
  from stored_verified_email v
  where v.service_id = new.service_id and v.grain_key = new.grain_key
    and not exists (select 1 from verified_email own
                    where own.service_id = v.service_id and own.email_key = v.email_key and own.grain_key = v.grain_key);
end;

create trigger verified_email_removed after delete on grain_state
  when old.grain_type = 'user'
begin
  delete from verified_email where service_id = old.service_id and grain_key = old.grain_key;
end;

insert into verified_email (service_id, email_key, grain_key, user_id)
select service_id, email_key, grain_key, user_id from stored_verified_email;
