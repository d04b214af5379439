select payload
from user_state
where service_id || '' = @service and state <> 3 and organization_id = @organization and (created_at, user_id) > (@created, @user)
order by created_at, user_id
limit @limit
