-- The values by which users are found. They come from the property "directory" of a stored user, in the transaction that stores it. Columns
-- with the name *_key are folded, so that comparisons ignore case. A deleted user keeps its row, without names.
create table user_directory
(
  service_id          text    not null,
  user_id             text    not null,
  grain_key           text    not null,
  state               integer not null,
  kind                integer not null,
  organization_id     text,
  login_name          text,
  login_name_key      text,
  user_name           text,
  user_name_key       text,
  given_name          text,
  given_name_key      text,
  family_name         text,
  family_name_key     text,
  nick_name           text,
  nick_name_key       text,
  display_name        text,
  display_name_key    text,
  email               text,
  email_key           text,
  phone               text,
  created_at          integer,
  password_changed_at integer,
  session_epoch       integer not null,
  ending_sessions     integer not null,
  epoch_changed_at    integer not null,
  primary key (service_id, user_id)
);

-- If two users with the same login name are created at the same time, the second one fails here.
create unique index user_by_login_name on user_directory (service_id, login_name_key) where login_name_key is not null;

create index user_by_created on user_directory (service_id, created_at, user_id) where state <> 3;

create index user_ending_sessions on user_directory (service_id, user_id) where ending_sessions;

create index user_epoch_changed on user_directory (service_id, epoch_changed_at) where session_epoch > 0;

-- A view, so that the two triggers of the directory read the stored JSON in the same way.
create view stored_user as
select service_id, id as user_id, grain_key,
       coalesce(json_extract(directory, '$.state'), 0) as state,
       coalesce(json_extract(directory, '$.kind'), 0) as kind,
       json_extract(directory, '$.organizationId') as organization_id,
       json_extract(directory, '$.loginName') as login_name,
       json_extract(directory, '$.loginNameKey') as login_name_key,
       json_extract(directory, '$.userName') as user_name,
       json_extract(directory, '$.userNameKey') as user_name_key,
       json_extract(directory, '$.givenName') as given_name,
       json_extract(directory, '$.givenNameKey') as given_name_key,
       json_extract(directory, '$.familyName') as family_name,
       json_extract(directory, '$.familyNameKey') as family_name_key,
       json_extract(directory, '$.nickName') as nick_name,
       json_extract(directory, '$.nickNameKey') as nick_name_key,
       json_extract(directory, '$.displayName') as display_name,
       json_extract(directory, '$.displayNameKey') as display_name_key,
       json_extract(directory, '$.email') as email,
       json_extract(directory, '$.emailKey') as email_key,
       json_extract(directory, '$.phone') as phone,
       json_extract(directory, '$.createdAt') as created_at,
       json_extract(directory, '$.passwordChangedAt') as password_changed_at,
       coalesce(json_extract(directory, '$.sessionEpoch'), 0) as session_epoch,
       coalesce(json_extract(directory, '$.endingSessions'), 0) as ending_sessions,
       modified_at as epoch_changed_at
from
(
  select service_id, grain_key, modified_at, json_extract(cast(payload as text), '$.id') as id,
         json_extract(cast(payload as text), '$.directory') as directory
  from grain_state
  where grain_type = 'user'
);

create trigger user_directory_insert after insert on grain_state
  when new.grain_type = 'user' and new.payload is not null
begin
  insert into user_directory
    (service_id, user_id, grain_key, state, kind, organization_id, login_name, login_name_key, user_name,
     user_name_key, given_name, given_name_key, family_name, family_name_key, nick_name, nick_name_key,
     display_name, display_name_key, email, email_key, phone, created_at, password_changed_at,
     session_epoch, ending_sessions, epoch_changed_at)
  select service_id, user_id, grain_key, state, kind, organization_id, login_name, login_name_key,
         user_name, user_name_key, given_name, given_name_key, family_name, family_name_key, nick_name,
         nick_name_key, display_name, display_name_key, email, email_key, phone, created_at,
         password_changed_at, session_epoch, ending_sessions, epoch_changed_at
  from stored_user
  where service_id = new.service_id and grain_key = new.grain_key
  on conflict (service_id, user_id) do update set
    grain_key = excluded.grain_key, state = excluded.state, kind = excluded.kind,
    organization_id = excluded.organization_id, login_name = excluded.login_name,
    login_name_key = excluded.login_name_key, user_name = excluded.user_name,
    user_name_key = excluded.user_name_key, given_name = excluded.given_name,
    given_name_key = excluded.given_name_key, family_name = excluded.family_name,
    family_name_key = excluded.family_name_key, nick_name = excluded.nick_name,
    nick_name_key = excluded.nick_name_key, display_name = excluded.display_name,
    display_name_key = excluded.display_name_key, email = excluded.email, email_key = excluded.email_key,
    phone = excluded.phone, created_at = excluded.created_at,
    password_changed_at = excluded.password_changed_at, session_epoch = excluded.session_epoch,
    ending_sessions = excluded.ending_sessions,
    epoch_changed_at = iif(excluded.session_epoch = user_directory.session_epoch,
                           user_directory.epoch_changed_at, excluded.epoch_changed_at);
end;

create trigger user_directory_update after update on grain_state
  when new.grain_type = 'user' and new.payload is not null
begin
  insert into user_directory
    (service_id, user_id, grain_key, state, kind, organization_id, login_name, login_name_key, user_name,
     user_name_key, given_name, given_name_key, family_name, family_name_key, nick_name, nick_name_key,
     display_name, display_name_key, email, email_key, phone, created_at, password_changed_at,
     session_epoch, ending_sessions, epoch_changed_at)
  select service_id, user_id, grain_key, state, kind, organization_id, login_name, login_name_key,
         user_name, user_name_key, given_name, given_name_key, family_name, family_name_key, nick_name,
         nick_name_key, display_name, display_name_key, email, email_key, phone, created_at,
         password_changed_at, session_epoch, ending_sessions, epoch_changed_at
  from stored_user
  where service_id = new.service_id and grain_key = new.grain_key
  on conflict (service_id, user_id) do update set
    grain_key = excluded.grain_key, state = excluded.state, kind = excluded.kind,
    organization_id = excluded.organization_id, login_name = excluded.login_name,
    login_name_key = excluded.login_name_key, user_name = excluded.user_name,
    user_name_key = excluded.user_name_key, given_name = excluded.given_name,
    given_name_key = excluded.given_name_key, family_name = excluded.family_name,
    family_name_key = excluded.family_name_key, nick_name = excluded.nick_name,
    nick_name_key = excluded.nick_name_key, display_name = excluded.display_name,
    display_name_key = excluded.display_name_key, email = excluded.email, email_key = excluded.email_key,
    phone = excluded.phone, created_at = excluded.created_at,
    password_changed_at = excluded.password_changed_at, session_epoch = excluded.session_epoch,
    ending_sessions = excluded.ending_sessions,
    epoch_changed_at = iif(excluded.session_epoch = user_directory.session_epoch,
                           user_directory.epoch_changed_at, excluded.epoch_changed_at);
end;

create trigger user_directory_cleared after update on grain_state
  when new.grain_type = 'user' and new.payload is null
begin
  delete from user_directory where service_id = new.service_id and grain_key = new.grain_key;
end;

create trigger user_directory_removed after delete on grain_state
  when old.grain_type = 'user'
begin
  delete from user_directory where service_id = old.service_id and grain_key = old.grain_key;
end;
