-- Every silo may purge at once: rows that another one holds are left to it.
delete from audit_event
where (service_id, at, id) in
  (select service_id, at, id from audit_event where service_id = @service and at < @before order by at limit @limit for update skip locked)
