select payload
from user_state
where service_id || '' = @service and state <> 3 and {condition}
order by {sort} {direction} nulls {nulls}, user_id {direction}
limit @limit offset @offset
