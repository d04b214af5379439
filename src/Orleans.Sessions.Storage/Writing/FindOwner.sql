select 1 from instance_owner where service_id = $1 limit 1
