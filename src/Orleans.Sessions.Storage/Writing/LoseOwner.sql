delete from instance_owner where service_id = $1 and grain_key = $2
