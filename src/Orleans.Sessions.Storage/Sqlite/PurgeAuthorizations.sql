-- While its session may still end, an authorization is held, because it says which client to notify.
delete from grain_state
where service_id = @service and grain_type = 'oidc_authorization' and grain_key in
  (select grain_key from oidc_authorization
   where service_id = @service and held = 0 and expires_at < @now
   order by expires_at
   limit @limit)
