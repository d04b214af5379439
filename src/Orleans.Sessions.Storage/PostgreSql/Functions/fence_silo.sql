-- A silo's writes and the vote against it exclude each other: a write is committed before the vote, or refused after it. So a node that
-- knows of the vote reads data that will not change any more. The locks are advisory locks, not row locks. They are fair, so busy writers
-- cannot keep a vote waiting, and they cost no disk writes. The number 1397048147 is arbitrary; nothing else may use it for such locks.
create or replace function fence_silo() returns trigger language plpgsql as
$$
begin
  perform pg_advisory_xact_lock(1397048147, old.number);
  return coalesce(new, old);
end
$$;

-- 6 is SiloStatus.Dead.
create or replace trigger membership_voted before update of status on membership
for each row when (new.status = 6 and old.status <> 6) execute function fence_silo();

create or replace trigger membership_removed before delete on membership
for each row when (old.status <> 6) execute function fence_silo();
