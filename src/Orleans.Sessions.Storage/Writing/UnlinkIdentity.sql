delete from user_identity where service_id = $1 and provider_id = $2 and external_id = $3
