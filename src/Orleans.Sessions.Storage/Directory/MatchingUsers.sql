select 1 from user_directory where service_id = @service and state <> 3 and {condition}
