-- The row and the version change together or not at all. False means that another silo was faster.
with free as
(
  select 1 where not exists
    (select from membership
     where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
),
bumped as
(
  update membership_version set version = version + 1
  where deployment_id = @DeploymentId and version = @Version and exists (select from free)
  returning deployment_id
),
inserted as
(
  insert into membership
    (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
  select deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
  from bumped
  returning 1
)
select exists (select from inserted)
