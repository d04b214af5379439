select user_id
from user_state
where service_id = @service and verified_email_key = @email
order by grain_key
limit @limit
