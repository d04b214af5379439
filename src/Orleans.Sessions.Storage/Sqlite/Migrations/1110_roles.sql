-- The roles of people in projects, by which administrators find them. The write of a user's roles adds, replaces and removes the rows; the
-- stored roles of the user are what counts. user_key is the key of the user's grains. role_keys has a line feed before and after each key.
create table role_assignment
(
  service_id         text    not null,
  id                 text    not null,
  user_key           text    not null,
  project_id         text    not null,
  project_created_at integer not null,
  organization_id    text    not null,
  inactive           integer not null,
  role_keys          text    not null,
  role_keys_key      text    not null,
  created_at         integer not null,
  changed_at         integer not null,
  primary key (id, service_id)
);

create index role_assignment_by_created on role_assignment (created_at, id);

create index role_assignment_by_user on role_assignment (user_key, created_at, id);

create index role_assignment_by_project on role_assignment (project_id, created_at, id);

create index role_assignment_by_organization on role_assignment (organization_id, created_at, id);
