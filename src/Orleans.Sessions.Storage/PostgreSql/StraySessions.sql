-- A session of an old epoch can be stored only while the epoch changes, by a request that was already running. So this checks only users
-- whose epoch changed lately, or whose sessions are being ended. Each user costs one index look-up.
select substr(s.grain_key, 3)
from user_directory u
join grain_state s on s.service_id = u.service_id and s.user_id = u.user_id
where u.service_id = @service and u.session_epoch > 0
  and (u.ending_sessions or u.epoch_changed_at > (extract(epoch from clock_timestamp() - interval '1 day') * 1000000)::bigint)
  and s.grain_type = 'session' and s.ended_at is null and s.user_epoch < u.session_epoch
limit @limit
