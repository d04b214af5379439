delete from used_once
where service_id = @service and key = any(array
  (select key from used_once
   where service_id || '' = @service and expires_at < @now
   order by expires_at
   limit @limit))
