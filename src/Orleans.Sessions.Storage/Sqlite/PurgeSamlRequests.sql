-- While its session may still end, a request is held, because it says which session a logout ends. It is kept for ten minutes after the
-- end.
delete from grain_state
where service_id = @service and grain_type = 'saml_request' and grain_key in
  (select grain_key from saml_login
   where service_id = @service and held = 0 and expires_at < @now and kept_until < @now
   order by expires_at
   limit @limit)
