update notification set due_at = @until, attempts = attempts + 1
where ctid = any(array
(
  select ctid from notification
  where service_id || '' = @service and due_at <= @now
  order by due_at
  limit @limit
  for update skip locked
))
returning grain_key, kind, id, content, expires_at, attempts
