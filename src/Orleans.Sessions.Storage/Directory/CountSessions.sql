select count(*)
from
(
  select 1
  from grain_state
  where service_id = @service and grain_type = 'session' and ended_at is null and {condition}
  limit {most}
) matching
