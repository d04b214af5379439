delete from role_assignment where service_id = $1 and user_key = $2
