-- A session of an old epoch can be stored only while the epoch changes, by a request that was already running. So this checks only users
-- whose epoch changed lately, or whose sessions are being ended. Each user costs one index look-up. SQLite keeps the order of a cross join.
with suspect as materialized
(
  select user_id, session_epoch from user_state
  where service_id || '' = @service and ending_sessions
  union
  select user_id, session_epoch from user_state
  where service_id || '' = @service and epoch_changed_at is not null and epoch_changed_at > (unixepoch() - 86400) * 1000000
)
select s.grain_key
from suspect u
cross join session_state s
where s.service_id || '' = @service and s.user_id = u.user_id and s.ended_at is null and s.user_epoch < u.session_epoch
limit @limit
