-- All silos may purge at the same time. Rows that another silo has locked are skipped.
delete from saml_artifact_state
where service_id = @service and grain_key = any(array
  (select grain_key from saml_artifact_state
   where service_id || '' = @service and expires_at < @now
   order by expires_at
   limit @limit for update skip locked))
