-- Terminated sessions are kept for the retention time. There may be many more of them than live sessions.
create index session_ended_by_created on grain_state (service_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is not null;

create index session_ended_by_user on grain_state (service_id, user_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is not null and user_id is not null;

create index session_ended_by_creator on grain_state (service_id, creator_id, created_at, grain_key)
  where grain_type = 'session' and ended_at is not null and creator_id is not null;
