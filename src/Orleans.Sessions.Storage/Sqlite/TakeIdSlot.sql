-- Takes the slot that was not used for the longest time.
update id_slot set until_ms = max(until_ms, @now) + @length
where service_id = @service and slot = (select slot from id_slot where service_id = @service order by until_ms, slot limit 1)
returning slot, until_ms
