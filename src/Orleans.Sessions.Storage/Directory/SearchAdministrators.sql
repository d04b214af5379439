select u.payload
from user_with_roles r join user_state u on u.user_id = r.user_id and u.service_id = r.service_id
where r.service_id || '' = @service and r.user_id > @after and u.state <> 3 and {condition}
order by r.user_id
limit @limit
