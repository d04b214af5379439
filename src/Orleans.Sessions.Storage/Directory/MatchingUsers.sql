select 1 from user_state where service_id = @service and state <> 3 and {condition}
