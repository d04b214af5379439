insert into session_event (service_id, session_id, user_id, type, at)
select $1, session_id, user_id, sent_event, $5 from notification
where service_id = $1 and grain_key = $2 and kind = $3 and id = $4 and sent_event is not null and session_id is not null
