-- Sessions are found by their key alone. The condition on ended_at is written so that it fits no partial index, because the planner would
-- scan such an index.
select a.client_id, a.grain_key
from oidc_authorization a
where a.service_id = @service and a.user_id = @user and a.session_id is not null and a.expires_at > @now and {condition}
  and exists
    (select 1 from grain_state s
     where s.service_id = a.service_id and s.grain_type = 'session' and s.grain_key = 's-' || a.session_id and coalesce(s.ended_at, -1) = -1)
order by a.client_id, a.grain_key
limit @limit
