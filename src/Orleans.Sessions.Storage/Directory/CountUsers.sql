select count(*)
from user_directory
where service_id = @service and state <> 3 and {condition}
