delete from audit_event
where id in (select id from audit_event where service_id || '' = @service and at < @before order by at limit @limit)
