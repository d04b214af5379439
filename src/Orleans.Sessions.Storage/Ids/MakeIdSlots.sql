with recursive number (slot) as (select 0 union all select slot + 1 from number where slot + 1 < @slots)
insert into id_slot (service_id, slot, until_ms) select @service, slot, 0 from number where true
on conflict (service_id, slot) do nothing
