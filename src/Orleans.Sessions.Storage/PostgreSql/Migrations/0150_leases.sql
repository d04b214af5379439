-- Leases and the fence of writes. A silo has a number, which its writes carry, and counts the renewals of its lease in its row of the
-- membership. lease_ms is null as long as it has none; lease_is_over says of a dead silo that it does not answer from memory any more.
alter table membership
  add column number        int     not null generated always as identity,
  add column renewals      bigint  not null default 0,
  add column lease_ms      int,
  add column lease_is_over boolean not null default false;

create unique index membership_by_number on membership (number);

-- The row changes every second: room on the page keeps its old versions few.
alter table membership set (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

-- A silo's writes and the vote against it exclude each other: a write is committed before the vote, or refused after it. So whoever knows
-- of the vote reads what will stay. Locks of the database's lock table, not of the row: they are fair, so that busy writers cannot keep a
-- vote waiting, and cost no disk. 1397048147 is any number of no other user of such locks.
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

-- Every write of a grain's state calls this in its own statement; each query in here sees what is committed when it starts. Null: no silo
-- writes.
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
