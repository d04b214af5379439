select 1 from session_state where service_id = @service and {condition}
