-- Events are kept as long as the sessions they are of; this is how the old ones are found.
create index session_event_by_time on session_event (service_id, at);
