delete from saml_request_state
where service_id = @service and grain_key in
  (select grain_key from saml_request_state
   where service_id || '' = @service and purge_at is not null and purge_at < @now
   order by purge_at
   limit @limit)
