-- All silos may purge at the same time. Rows that another silo has locked are skipped.
with gone as
(
  select grain_key from intent_purge
  where service_id = @service and gone_at <= @now
  order by gone_at
  limit @limit
  for update skip locked
)
delete from grain_state
where service_id = @service and grain_type = 'intent' and grain_key in (select grain_key from gone)
