update notification set due_at = @until, attempts = attempts + 1
where rowid in
  (select rowid from notification where service_id || '' = @service and due_at <= @now order by due_at limit @limit)
returning grain_key, kind, id, content, expires_at, attempts
