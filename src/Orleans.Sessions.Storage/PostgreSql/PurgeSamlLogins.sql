-- All silos may purge at the same time. Rows that another silo has locked are skipped.
delete from saml_login
where ctid = any(array
  (select ctid from saml_login
   where service_id || '' = @service and kept_until is not null and kept_until < @now
   order by kept_until
   limit @limit for update skip locked))
