-- The tables that the migrator needs before the first migration. Orleans prescribes the last one.
create table if not exists schema_version
(
  version    int         not null primary key,
  applied_at timestamptz not null default now()
);

-- Which revision of the functions the database has. One row.
create table if not exists function_revision
(
  id       int not null primary key check (id = 1),
  revision int not null
);

create table if not exists OrleansQuery
(
  QueryKey  text not null primary key,
  QueryText text not null
);
