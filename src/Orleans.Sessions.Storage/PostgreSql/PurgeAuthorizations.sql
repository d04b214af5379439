-- While its session may still end, an authorization is held, because it says which client to notify. Rows that another silo has locked are
-- skipped.
with gone as
(
  select s.grain_key
  from oidc_authorization a
  join grain_state s on s.service_id = a.service_id and s.grain_type = 'oidc_authorization' and s.grain_key = a.grain_key
  where a.service_id = @service and not a.held and a.expires_at < @now
  order by a.expires_at
  limit @limit
  for update of s skip locked
)
delete from grain_state
where service_id = @service and grain_type = 'oidc_authorization' and grain_key in (select grain_key from gone)
