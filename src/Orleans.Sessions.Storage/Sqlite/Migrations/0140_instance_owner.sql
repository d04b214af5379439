-- The users who can administer the installation: active users with the role IAM_OWNER on the instance and a credential. The rows come from
-- the stored user, in the transaction that stores it. The last owner cannot be removed. SQLite has one writer at a time, so two owners who
-- remove each other's role cannot race.
create table instance_owner
(
  service_id text not null,
  grain_key  text not null,
  primary key (service_id, grain_key)
) without rowid;

create view stored_owner as
select s.service_id, s.grain_key
from grain_state s
where s.grain_type = 'user' and instr(cast(s.payload as text), 'IAM_OWNER') > 0
  and json_extract(cast(s.payload as text), '$.state') = 1
  and exists (select 1 from json_each(cast(s.payload as text), '$.roles') g
              where json_extract(g.value, '$.organizationId') is null
                and exists (select 1 from json_each(g.value, '$.roles') r where r.value = 'IAM_OWNER'))
  and (coalesce(json_extract(cast(s.payload as text), '$.password'), json_extract(cast(s.payload as text), '$.links'),
                json_extract(cast(s.payload as text), '$.accessTokens'), json_extract(cast(s.payload as text), '$.keys'),
                json_extract(cast(s.payload as text), '$.clientSecret')) is not null
       -- A key whose registration is not finished has no credential.
       or instr(coalesce(json_extract(cast(s.payload as text), '$.webAuthnKeys'), ''), '"credential":') > 0);

create trigger instance_owner_inserted after insert on grain_state
  when new.grain_type = 'user' and instr(cast(new.payload as text), 'IAM_OWNER') > 0
begin
  insert into instance_owner (service_id, grain_key)
  select service_id, grain_key from stored_owner where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger instance_owner_updated after update on grain_state
  when new.grain_type = 'user'
   and (instr(cast(new.payload as text), 'IAM_OWNER') > 0
        or exists (select 1 from instance_owner where service_id = new.service_id and grain_key = new.grain_key))
begin
  insert into instance_owner (service_id, grain_key)
  select o.service_id, o.grain_key from stored_owner o
  where o.service_id = new.service_id and o.grain_key = new.grain_key
    and not exists (select 1 from instance_owner known where known.service_id = o.service_id and known.grain_key = o.grain_key);

  select raise(abort, 'the last owner')
  where exists (select 1 from instance_owner where service_id = new.service_id and grain_key = new.grain_key)
    and not exists (select 1 from stored_owner where service_id = new.service_id and grain_key = new.grain_key)
    and not exists (select 1 from instance_owner where service_id = new.service_id and grain_key <> new.grain_key);

  delete from instance_owner
  where service_id = new.service_id and grain_key = new.grain_key
    and not exists (select 1 from stored_owner where service_id = new.service_id and grain_key = new.grain_key);
end;

create trigger instance_owner_removed after delete on grain_state
  when old.grain_type = 'user'
begin
  delete from instance_owner where service_id = old.service_id and grain_key = old.grain_key;
end;

insert into instance_owner (service_id, grain_key) select service_id, grain_key from stored_owner;
