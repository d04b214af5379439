select user_id
from user_state
where service_id = @service and login_name_key = @name
