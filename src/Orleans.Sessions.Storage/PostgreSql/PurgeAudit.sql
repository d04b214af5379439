-- All silos may purge at the same time. Rows that another silo has locked are skipped.
delete from audit_event
where ctid = any(array
  (select ctid from audit_event
   where service_id || '' = @service and at < @before
   order by at
   limit @limit for update skip locked))
