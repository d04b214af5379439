delete from session_state
where rowid in
(
  select * from
  (
    select rowid from session_state
    where service_id || '' = @service and ended_at is not null and ended_at < @before
    order by ended_at
    limit @limit
  )
  union all
  select * from
  (
    select rowid from session_state
    where service_id || '' = @service and ended_at is null and expiry_published_at is not null and expires_at < @before
    order by expires_at
    limit @limit
  )
  limit @limit
)
