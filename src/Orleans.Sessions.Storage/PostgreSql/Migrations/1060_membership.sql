-- The cluster's silos. Orleans sends and compares UTC instants with full precision, so these columns are timestamptz.
create table membership_version
(
  deployment_id text not null primary key,
  version       int  not null
);

-- A silo has a number, which its writes carry. It counts the renewals of its lease in its row. lease_ms is null while the silo has no
-- lease. lease_is_over says that a dead silo no longer answers from memory.
create table membership
(
  deployment_id   text        not null references membership_version on delete cascade,
  address         text        not null,
  port            int         not null,
  generation      int         not null,
  silo_name       text        not null,
  host_name       text        not null,
  status          int         not null,
  proxy_port      int,
  suspect_times   text,
  start_time      timestamptz not null,
  i_am_alive_time timestamptz not null,
  number          int         not null generated always as identity,
  renewals        bigint      not null default 0,
  lease_ms        int,
  lease_is_over   boolean     not null default false,
  primary key (deployment_id, address, port, generation)
)
-- A row changes every second. Free room on the page keeps the number of its old versions small.
with (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0);

create unique index membership_by_number on membership (number);
