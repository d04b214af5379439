-- The users with administrator roles. Triggers of user_state keep it (note_user_roles), so that nodes of every version do. Nobody writes
-- users until the triggers are there.
create table user_with_roles
(
  service_id text collate "C" not null,
  user_id    text collate "C" not null,
  primary key (user_id, service_id)
);

lock table user_state in share row exclusive mode;

insert into user_with_roles (service_id, user_id)
select service_id, user_id from user_state where position('\x22726f6c6573223a5b'::bytea in payload) > 0;
