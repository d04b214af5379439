-- Takes the slot that was not used for the longest time. A process that asks at the same time takes another slot.
with free as materialized
(
  select slot from id_slot where service_id = @service order by until_ms, slot limit 1 for update skip locked
)
update id_slot set until_ms = greatest(until_ms, @now) + @length
from free where id_slot.service_id = @service and id_slot.slot = free.slot
returning id_slot.slot, until_ms
