-- Events are kept as long as their sessions. This index finds the old ones.
create index session_event_by_time on session_event (service_id, at);
