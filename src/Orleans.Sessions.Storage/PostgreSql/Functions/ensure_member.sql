-- Every group of writes calls this function first. The query sees what is committed when it starts. Null means that the writer is not a
-- silo. 6 is SiloStatus.Dead.
create or replace function ensure_member(silo int) returns void language plpgsql as
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
