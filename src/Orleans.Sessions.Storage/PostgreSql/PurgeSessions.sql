-- All silos may purge at the same time. Rows that another silo has locked are skipped.
with ended as
(
  select grain_key from grain_state
  where service_id = @service and grain_type = 'session' and ended_at < @before
  order by ended_at
  limit @limit
  for update skip locked
),
expired as
(
  select grain_key from grain_state
  where service_id = @service and grain_type = 'session' and ended_at is null and expiry_published_at is not null
    and expires_at < @before
  order by expires_at
  limit @limit
  for update skip locked
)
delete from grain_state
where service_id = @service and grain_type = 'session' and grain_key in
  (select grain_key from ended union all select grain_key from expired limit @limit)
