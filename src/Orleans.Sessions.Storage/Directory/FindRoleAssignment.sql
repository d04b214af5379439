select user_key from role_assignment where service_id = @service and id = @id
