-- The users with administrator roles. Triggers of user_state keep it, so that processes of every version do. The bytes are "roles":[ in
-- JSON; a quotation mark within a text is stored as \u0022, so no text has these bytes.
create table user_with_roles
(
  service_id text not null,
  user_id    text not null,
  primary key (user_id, service_id)
);

insert into user_with_roles (service_id, user_id)
select service_id, user_id from user_state where instr(payload, x'22726f6c6573223a5b') > 0;

create trigger user_roles_inserted after insert on user_state when instr(new.payload, x'22726f6c6573223a5b') > 0
begin
  delete from user_with_roles where user_id = new.user_id and service_id = new.service_id;
  insert into user_with_roles (service_id, user_id) values (new.service_id, new.user_id);
end;

create trigger user_roles_changed after update on user_state
when (instr(new.payload, x'22726f6c6573223a5b') > 0) <> (instr(old.payload, x'22726f6c6573223a5b') > 0)
begin
  delete from user_with_roles where user_id = new.user_id and service_id = new.service_id;
  insert into user_with_roles (service_id, user_id)
  select new.service_id, new.user_id where instr(new.payload, x'22726f6c6573223a5b') > 0;
end;
