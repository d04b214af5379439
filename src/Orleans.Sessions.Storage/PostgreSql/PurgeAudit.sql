-- All silos may purge at the same time. Rows that another silo has locked are skipped.
delete from audit_event
where (service_id, at, id) in
  (select service_id, at, id from audit_event
   where service_id || '' = @service and at < @before
   order by at
   limit @limit for update skip locked)
