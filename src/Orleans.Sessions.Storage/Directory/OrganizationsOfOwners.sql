select distinct u.organization_id
from instance_owner o
join user_state u on u.grain_key = o.grain_key and u.service_id = o.service_id
where o.service_id = @service
limit @limit
