-- All silos may purge at the same time. Rows that another silo has locked are skipped.
delete from intent_state
where service_id = @service and grain_key = any(array
  (select grain_key from intent_state
   where service_id || '' = @service and gone_at <= @now
   order by gone_at
   limit @limit for update skip locked))
