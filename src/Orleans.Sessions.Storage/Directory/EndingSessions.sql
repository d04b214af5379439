select user_id
from user_state
where service_id || '' = @service and ending_sessions
order by user_id
limit @limit
