-- No index begins with service_id: it is nearly always the same, and an index that begins with it would fit every statement. Then a planner
-- that knows nothing about the data could take the wrong one. Statements that look nothing up by a key name it as service_id || '', so that
-- no index fits it at all.

-- One table for each kind of state that is found by something other than its key, and grain_state for all other kinds. The key is the
-- grain's Orleans name. The write of a state sets all columns. Times are microseconds since the Unix epoch.
create table session_state
(
  service_id          text    not null,
  grain_key           text    not null,
  version             integer not null,
  payload             blob    not null,
  user_id             text,
  organization_id     text,
  creator_id          text,
  fingerprint_id      text,
  created_at          integer not null,
  expires_at          integer,
  ended_at            integer,
  expiry_published_at integer,
  user_epoch          integer not null,
  primary key (grain_key, service_id)
);

create index session_by_created on session_state (created_at, grain_key) where ended_at is null;

create index session_by_user on session_state (user_id, created_at, grain_key) where ended_at is null and user_id is not null;

create index session_by_creator on session_state (creator_id, created_at, grain_key)
  where ended_at is null and creator_id is not null;

create index session_by_fingerprint on session_state (fingerprint_id, created_at, grain_key)
  where ended_at is null and fingerprint_id is not null;

create index session_by_organization on session_state (organization_id, created_at, grain_key)
  where ended_at is null and organization_id is not null;

-- Every session that has not ended is in one of these two indexes, ordered by expiration date. Until its expiry is published, it is in the
-- first one, which the sweeper uses. After that, it is in the second one, which the purge uses.
create index session_to_expire on session_state (expires_at) where ended_at is null and expiry_published_at is null;

create index session_expired on session_state (expires_at) where ended_at is null and expiry_published_at is not null;

create index session_ended on session_state (ended_at) where ended_at is not null;

-- Ended sessions are kept for the retention time. There may be many more of them than live sessions.
create index session_ended_by_created on session_state (created_at, grain_key) where ended_at is not null;

create index session_ended_by_user on session_state (user_id, created_at, grain_key)
  where ended_at is not null and user_id is not null;

create index session_ended_by_creator on session_state (creator_id, created_at, grain_key)
  where ended_at is not null and creator_id is not null;

-- Columns with the name *_key are folded, so that comparisons ignore case. A deleted user keeps its row, without names.
create table user_state
(
  service_id          text    not null,
  grain_key           text    not null,
  version             integer not null,
  payload             blob    not null,
  user_id             text    not null,
  state               integer not null,
  kind                integer not null,
  organization_id     text    not null,
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
  verified_email_key  text,
  phone               text,
  created_at          integer not null,
  password_changed_at integer,
  session_epoch       integer not null,
  epoch_changed_at    integer,
  ending_sessions     integer not null,
  primary key (grain_key, service_id)
);

create unique index user_by_id on user_state (user_id, service_id);

-- If two users with the same login name are created at the same time, the second one fails here.
create unique index user_by_login_name on user_state (login_name_key, service_id) where login_name_key is not null;

create index user_by_created on user_state (created_at, user_id) where state <> 3;

-- The values by which login pages search for people. The indexes also contain the order of the answer, because SQLite prefers an index
-- with the right order to an index that finds the rows.
create index user_by_user_name on user_state (user_name_key, created_at, user_id) where user_name_key is not null;

create index user_by_email on user_state (email_key, created_at, user_id) where email_key is not null;

create index user_by_verified_email on user_state (verified_email_key, grain_key) where verified_email_key is not null;

create index user_by_phone on user_state (phone, created_at, user_id) where phone is not null;

create index user_by_organization on user_state (organization_id, created_at, user_id) where state <> 3;

create index user_ending_sessions on user_state (user_id) where ending_sessions;

create index user_epoch_changed on user_state (epoch_changed_at) where epoch_changed_at is not null;

-- Logins at external providers. After gone_at the row is deleted.
create table intent_state
(
  service_id text    not null,
  grain_key  text    not null,
  version    integer not null,
  payload    blob    not null,
  gone_at    integer not null,
  primary key (grain_key, service_id)
);

create index intent_to_purge on intent_state (gone_at);

-- Authorizations of OpenID Connect clients. After expires_at the row is deleted.
create table authorization_state
(
  service_id  text    not null,
  grain_key   text    not null,
  version     integer not null,
  payload     blob    not null,
  session_key text,
  user_id     text,
  client_id   text    not null,
  expires_at  integer not null,
  primary key (grain_key, service_id)
);

create index authorization_by_user on authorization_state (user_id, client_id, grain_key) where session_key is not null;

create index authorization_to_purge on authorization_state (expires_at);

-- Requests of SAML service providers. After purge_at the row is deleted; null keeps it, because a logout of its session needs it.
create table saml_request_state
(
  service_id text    not null,
  grain_key  text    not null,
  version    integer not null,
  payload    blob    not null,
  expires_at integer not null,
  purge_at   integer,
  primary key (grain_key, service_id)
);

create index saml_request_to_purge on saml_request_state (purge_at) where purge_at is not null;

-- Logouts with SAML service providers. After expires_at the row is deleted.
create table saml_logout_state
(
  service_id text    not null,
  grain_key  text    not null,
  version    integer not null,
  payload    blob    not null,
  expires_at integer not null,
  primary key (grain_key, service_id)
);

create index saml_logout_to_purge on saml_logout_state (expires_at);

-- All other kinds. Orleans' own storage provider reads them.
create table grain_state
(
  service_id text    not null,
  grain_type text    not null,
  grain_key  text    not null,
  version    integer not null,
  payload    blob,
  primary key (grain_type, grain_key, service_id)
);
