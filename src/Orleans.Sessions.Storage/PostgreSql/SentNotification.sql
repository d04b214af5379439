with gone as
(
  delete from notification
  where service_id = @service and grain_key = @key and kind = @kind and id = @id
  returning session_id, user_id, sent_event
)
insert into session_event (service_id, session_id, user_id, type, at)
select @service, session_id, user_id, sent_event, @at
from gone
where sent_event is not null and session_id is not null
