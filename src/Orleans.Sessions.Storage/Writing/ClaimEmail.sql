select 1 where not exists (select 1 from user_state where service_id = $1 and verified_email_key = $3 and grain_key <> $2)
