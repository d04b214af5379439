select g.payload
from
(
  select service_id, grain_key, user_id, {sort} as sorted
  from user_directory
  where service_id = @service and state <> 3 and {condition}
  order by sorted {direction} nulls {nulls}, user_id {direction}
  limit @limit offset @offset
) u
join grain_state g on g.service_id = u.service_id and g.grain_type = 'user' and g.grain_key = u.grain_key
order by u.sorted {direction} nulls {nulls}, u.user_id {direction}
