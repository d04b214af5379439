-- A message that still waits is not sent to somebody who cannot log in any more, nor for a session that is over; and what is in it goes at once.
-- States are inactive, deleted, locked.
create trigger user_directory_barred after update of state on user_directory
  when new.state in (2, 3, 4) and new.state <> old.state
begin
  delete from notification where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger session_event_forgets after insert on session_event
  when new.type in ('session.terminated', 'session.expired')
begin
  delete from notification where service_id = new.service_id and grain_key = 's-' || new.session_id;
end;
