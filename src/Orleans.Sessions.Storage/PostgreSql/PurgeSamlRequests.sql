-- All silos may purge at the same time. Rows that another silo has locked are skipped.
delete from saml_request_state
where service_id = @service and grain_key = any(array
  (select grain_key from saml_request_state
   where service_id || '' = @service and purge_at is not null and purge_at < @now
   order by purge_at
   limit @limit for update skip locked))
