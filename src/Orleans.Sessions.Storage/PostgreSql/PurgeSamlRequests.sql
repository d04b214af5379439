-- While its session may still end, a request is held, because it says which session a logout ends. It is kept for ten minutes after the
-- end. Rows that another silo has locked are skipped.
with gone as
(
  select s.grain_key
  from saml_login a
  join grain_state s on s.service_id = a.service_id and s.grain_type = 'saml_request' and s.grain_key = a.grain_key
  where a.service_id = @service and not a.held and a.expires_at < @now and a.kept_until < @now
  order by a.expires_at
  limit @limit
  for update of s skip locked
)
delete from grain_state
where service_id = @service and grain_type = 'saml_request' and grain_key in (select grain_key from gone)
