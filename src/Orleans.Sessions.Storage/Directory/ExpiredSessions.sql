select substr(grain_key, 3)
from grain_state
where service_id = @service and grain_type = 'session' and ended_at is null and expiry_published_at is null
  and expires_at <= @now
order by expires_at
limit @limit
