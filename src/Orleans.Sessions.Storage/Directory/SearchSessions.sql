select s.payload, u.login_name, u.display_name, u.password_changed_at
from
(
  select service_id, grain_key, user_id, created_at, payload
  from session_state
  where service_id || '' = @service and {condition}
  order by created_at {direction}, grain_key {direction}
  limit @limit offset @offset
) s
left join user_state u on u.service_id = s.service_id and u.user_id = s.user_id
order by s.created_at {direction}, s.grain_key {direction}
