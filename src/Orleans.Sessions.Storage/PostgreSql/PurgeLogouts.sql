delete from logout_delivery
where id = any(array
  (select id from logout_delivery
   where service_id || '' = @service and state <> 1 and due_at < @before
   order by due_at
   limit @limit
   for update skip locked))
