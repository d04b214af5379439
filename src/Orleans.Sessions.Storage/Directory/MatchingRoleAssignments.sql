select 1 from role_assignment a where a.service_id = @service and {condition}
