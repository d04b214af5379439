delete from saml_artifact_state
where service_id = @service and grain_key in
  (select grain_key from saml_artifact_state
   where service_id || '' = @service and expires_at < @now
   order by expires_at
   limit @limit)
