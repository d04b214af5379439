select 1 from grain_state where service_id = @service and grain_type = 'session' and {condition}
