-- The values by which users are found. They come from the property "directory" of a stored user, in the transaction that stores it. Columns
-- with the name *_key are folded, so that comparisons ignore case. A deleted user keeps its row, without names.
create table user_directory
(
  service_id          text collate "C" not null,
  user_id             text collate "C" not null,
  grain_key           text collate "C" not null,
  state               int              not null,
  kind                int              not null,
  organization_id     text collate "C",
  login_name          text collate "C",
  login_name_key      text collate "C",
  user_name           text collate "C",
  user_name_key       text collate "C",
  given_name          text collate "C",
  given_name_key      text collate "C",
  family_name         text collate "C",
  family_name_key     text collate "C",
  nick_name           text collate "C",
  nick_name_key       text collate "C",
  display_name        text collate "C",
  display_name_key    text collate "C",
  email               text collate "C",
  email_key           text collate "C",
  phone               text collate "C",
  created_at          bigint,
  password_changed_at bigint,
  session_epoch       int              not null,
  epoch_changed_at    bigint           not null,
  ending_sessions     boolean          not null,
  primary key (service_id, user_id)
);

-- If two users with the same login name are created at the same time, the second one fails here.
create unique index user_by_login_name on user_directory (service_id, login_name_key) where login_name_key is not null;

create index user_by_created on user_directory (service_id, created_at, user_id) where state <> 3;

create index user_ending_sessions on user_directory (service_id, user_id) where ending_sessions;

create index user_epoch_changed on user_directory (service_id, epoch_changed_at) where session_epoch > 0;

create function user_directory_set() returns trigger language plpgsql as
$$
begin
  insert into user_directory as known
    (service_id, user_id, grain_key, state, kind, organization_id, login_name, login_name_key, user_name, user_name_key,
     given_name, given_name_key, family_name, family_name_key, nick_name, nick_name_key, display_name, display_name_key,
     email, email_key, phone, created_at, password_changed_at, session_epoch, epoch_changed_at, ending_sessions)
  select new.service_id, u.id, new.grain_key, coalesce(d.state, 0), coalesce(d.kind, 0), d."organizationId",
         d."loginName", d."loginNameKey", d."userName", d."userNameKey", d."givenName", d."givenNameKey",
         d."familyName", d."familyNameKey", d."nickName", d."nickNameKey", d."displayName", d."displayNameKey",
         d.email, d."emailKey", d.phone, d."createdAt", d."passwordChangedAt",
         coalesce(d."sessionEpoch", 0), new.modified_at, coalesce(d."endingSessions", false)
  -- \u0000 is legal in JSON but not in a text column: see write_grain_state.
  from json_to_record(replace(convert_from(new.payload, 'UTF8'), '\u0000', '\u0001')::json)
         as u(id text, directory json),
       json_to_record(u.directory)
         as d(state int, kind int, "organizationId" text, "loginName" text, "loginNameKey" text, "userName" text,
              "userNameKey" text, "givenName" text, "givenNameKey" text, "familyName" text, "familyNameKey" text,
              "nickName" text, "nickNameKey" text, "displayName" text, "displayNameKey" text, email text,
              "emailKey" text, phone text, "createdAt" bigint, "passwordChangedAt" bigint, "sessionEpoch" int,
              "endingSessions" boolean)
  on conflict (service_id, user_id) do update set
    grain_key = excluded.grain_key, state = excluded.state, kind = excluded.kind,
    organization_id = excluded.organization_id,
    login_name = excluded.login_name, login_name_key = excluded.login_name_key,
    user_name = excluded.user_name, user_name_key = excluded.user_name_key,
    given_name = excluded.given_name, given_name_key = excluded.given_name_key,
    family_name = excluded.family_name, family_name_key = excluded.family_name_key,
    nick_name = excluded.nick_name, nick_name_key = excluded.nick_name_key,
    display_name = excluded.display_name, display_name_key = excluded.display_name_key,
    email = excluded.email, email_key = excluded.email_key, phone = excluded.phone,
    created_at = excluded.created_at, password_changed_at = excluded.password_changed_at,
    session_epoch = excluded.session_epoch,
    epoch_changed_at = case when excluded.session_epoch = known.session_epoch
                            then known.epoch_changed_at else excluded.epoch_changed_at end,
    ending_sessions = excluded.ending_sessions;
  return null;
end
$$;

create function user_directory_remove() returns trigger language plpgsql as
$$
begin
  delete from user_directory where service_id = old.service_id and grain_key = old.grain_key;
  return null;
end
$$;

create trigger user_directory_set after insert or update on grain_state
  for each row when (new.grain_type = 'user' and new.payload is not null) execute function user_directory_set();

create trigger user_directory_cleared after update on grain_state
  for each row when (new.grain_type = 'user' and new.payload is null) execute function user_directory_remove();

create trigger user_directory_removed after delete on grain_state
  for each row when (old.grain_type = 'user') execute function user_directory_remove();
