delete from intent_state
where service_id = @service and grain_key in
  (select grain_key from intent_state
   where service_id || '' = @service and gone_at <= @now
   order by gone_at
   limit @limit)
