-- Sessions are found by their key alone. The condition on ended_at is written so that it fits no partial index, because the planner could
-- scan such an index. The plus sign keeps the planner away from the index on expires_at alone.
select a.client_id, a.grain_key
from authorization_state a
where a.service_id = @service and a.user_id = @user and a.session_key is not null and +a.expires_at > @now and {condition}
  and exists
    (select 1 from session_state s
     where s.service_id = a.service_id and s.grain_key = a.session_key and coalesce(s.ended_at, -1) = -1)
order by a.client_id, a.grain_key
limit @limit
