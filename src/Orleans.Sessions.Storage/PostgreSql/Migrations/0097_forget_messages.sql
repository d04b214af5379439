-- If a user can no longer log in, or a session has ended, a message that still waits is not sent. Its content is deleted at once.
create function forget_messages_of_user() returns trigger language plpgsql as
$$
begin
  delete from notification where service_id = new.service_id and grain_key = new.grain_key;
  return null;
end
$$;

-- Inactive, deleted, locked.
create trigger user_directory_barred after update of state on user_directory
  for each row when (new.state in (2, 3, 4) and new.state <> old.state) execute function forget_messages_of_user();

create function forget_messages_of_session() returns trigger language plpgsql as
$$
begin
  delete from notification where service_id = new.service_id and grain_key = 's-' || new.session_id;
  return null;
end
$$;

create trigger session_event_forgets after insert on session_event
  for each row when (new.type in ('session.terminated', 'session.expired'))
  execute function forget_messages_of_session();
