-- Fails with an error code unless the condition holds. It ends the transaction of a group of writes.
create or replace function ensure(holds boolean, code text) returns void language plpgsql as
$$
begin
  if not holds then
    raise exception 'A write is refused.' using errcode = code;
  end if;
end
$$;
