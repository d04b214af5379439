-- The tables that the migrator needs before the first migration. Orleans prescribes the second table.
create table if not exists schema_version
(
  version    int         not null primary key,
  applied_at timestamptz not null default now()
);

create table if not exists OrleansQuery
(
  QueryKey  text not null primary key,
  QueryText text not null
);
