-- A session of an old epoch can be stored only while the epoch changes, by a request that was already running. So this checks only users
-- whose epoch changed lately, or whose sessions are being ended. Each user costs one index look-up.
with suspect as
(
  select user_id, session_epoch from user_state
  where service_id || '' = @service and ending_sessions
  union
  select user_id, session_epoch from user_state
  where service_id || '' = @service and epoch_changed_at is not null
    and epoch_changed_at > (extract(epoch from clock_timestamp() - interval '1 day') * 1000000)::bigint
)
select s.grain_key
from suspect u
cross join lateral
(
  select grain_key from session_state
  where service_id = @service and user_id = u.user_id and ended_at is null and user_epoch < u.session_epoch
  limit @limit
) as s
limit @limit
