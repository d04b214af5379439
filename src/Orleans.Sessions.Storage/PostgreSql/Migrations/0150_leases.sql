-- The leases, and the check that refuses writes of silos that were voted out. A silo has a number, which its writes carry. It counts the
-- renewals of its lease in its row of the membership. lease_ms is null while the silo has no lease. lease_is_over says that a dead silo no
-- longer answers from memory.
alter table membership
  add column number        int     not null generated always as identity,
  add column renewals      bigint  not null default 0,
  add column lease_ms      int,
  add column lease_is_over boolean not null default false;

create unique index membership_by_number on membership (number);

-- The row changes every second. Free room on the page keeps the number of its old versions small.
alter table membership set (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

-- A silo's writes and the vote against it exclude each other: a write is committed before the vote, or refused after it. So a node that
-- knows of the vote reads data that will not change any more. The locks are advisory locks, not row locks. They are fair, so busy writers
-- cannot keep a vote waiting, and they cost no disk writes. The number 1397048147 is arbitrary; nothing else may use it for such locks.
create function fence_silo() returns trigger language plpgsql as
$$
begin
  perform pg_advisory_xact_lock(1397048147, old.number);
  return coalesce(new, old);
end
$$;

-- 6 is SiloStatus.Dead.
create trigger membership_voted before update of status on membership
for each row when (new.status = 6 and old.status <> 6) execute function fence_silo();

create trigger membership_removed before delete on membership
for each row when (old.status <> 6) execute function fence_silo();

-- Every write of grain state calls this function in its own statement. Each query in the function sees what is committed when the query
-- starts. Null means that the writer is not a silo.
create function ensure_member(silo int) returns void language plpgsql as
$$
begin
  if silo is not null then
    perform pg_advisory_xact_lock_shared(1397048147, silo);
    if not exists (select from membership where number = silo and status <> 6) then
      raise exception 'The silo that writes was voted out.' using errcode = 'OS002';
    end if;
  end if;
end
$$;
