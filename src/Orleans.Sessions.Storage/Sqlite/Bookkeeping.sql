-- The tables that the migrator needs before the first migration. Orleans prescribes the second table.
create table if not exists schema_version
(
  version    integer not null primary key,
  applied_at text    not null default current_timestamp
);

create table if not exists OrleansQuery
(
  QueryKey  text not null primary key,
  QueryText text not null
);
