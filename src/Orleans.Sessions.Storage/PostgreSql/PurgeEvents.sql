delete from session_event
where id = any(array
  (select id from session_event
   where service_id || '' = @service and at < @before
   order by at
   limit @limit))
