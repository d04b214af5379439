-- Only look-ups by a key name service_id as it is. Otherwise the planner could take an index that fits nothing but service_id.
select grain_key
from session_state
where service_id || '' = @service and ended_at is null and expiry_published_at is null and expires_at <= @now
order by expires_at
limit @limit
