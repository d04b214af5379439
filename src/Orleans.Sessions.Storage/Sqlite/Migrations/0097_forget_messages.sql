-- If a user can no longer log in, or a session has ended, a message that still waits is not sent. Its content is deleted at once. The
-- states are inactive, deleted, locked.
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
