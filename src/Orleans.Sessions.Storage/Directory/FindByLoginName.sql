select user_id
from user_directory
where service_id = @service and login_name_key = @name
