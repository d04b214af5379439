-- All silos may purge at the same time. Rows that another silo has locked are skipped.
delete from saml_login
where (service_id, session_key, entity_id, name_id, session_index) in
  (select service_id, session_key, entity_id, name_id, session_index from saml_login
   where service_id || '' = @service and kept_until is not null and kept_until < @now
   order by kept_until
   limit @limit for update skip locked)
