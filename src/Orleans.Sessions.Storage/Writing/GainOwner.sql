insert into instance_owner (service_id, grain_key) values ($1, $2) on conflict (service_id, grain_key) do nothing
