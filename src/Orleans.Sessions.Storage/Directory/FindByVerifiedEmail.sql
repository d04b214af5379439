select user_id
from verified_email
where service_id = @service and email_key = @email
order by grain_key
limit @limit
