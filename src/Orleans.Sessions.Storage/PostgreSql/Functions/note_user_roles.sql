-- Keeps user_with_roles. The bytes are "roles":[ in JSON; a quotation mark within a text is stored as \u0022, so no text has these bytes.
create or replace function note_user_roles() returns trigger language plpgsql as
$$
begin
  if position('\x22726f6c6573223a5b'::bytea in new.payload) > 0 then
    insert into user_with_roles (service_id, user_id) values (new.service_id, new.user_id) on conflict do nothing;
  else
    delete from user_with_roles where user_id = new.user_id and service_id = new.service_id;
  end if;
  return null;
end
$$;

create or replace trigger user_roles_inserted after insert on user_state
for each row when (position('\x22726f6c6573223a5b'::bytea in new.payload) > 0) execute function note_user_roles();

create or replace trigger user_roles_changed after update on user_state
for each row
when ((position('\x22726f6c6573223a5b'::bytea in new.payload) > 0) <> (position('\x22726f6c6573223a5b'::bytea in old.payload) > 0))
execute function note_user_roles();
