-- As long as its session may still end, an authorization says whom to tell of it: then it is held.
delete from grain_state
where service_id = @service and grain_type = 'oidc_authorization' and grain_key in
  (select grain_key from oidc_authorization
   where service_id = @service and held = 0 and expires_at < @now
   order by expires_at
   limit @limit)
