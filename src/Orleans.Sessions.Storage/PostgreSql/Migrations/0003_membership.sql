-- The cluster's silos. Orleans sends and compares UTC instants with full precision, so these columns are timestamptz.
create table membership_version
(
  deployment_id text not null primary key,
  version       int  not null
);

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
  primary key (deployment_id, address, port, generation)
);
