-- The user who is linked to a person at an external identity provider. The write of a user adds and removes its rows. If two users are
-- linked to one identity at the same time, the second one fails at the primary key.
create table user_identity
(
  service_id  text collate "C" not null,
  provider_id text collate "C" not null,
  external_id text collate "C" not null,
  user_id     text collate "C" not null,
  primary key (provider_id, external_id, service_id)
);

-- The users who can administer the installation. The write that removes the last one fails.
create table instance_owner
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  primary key (grain_key, service_id)
);
