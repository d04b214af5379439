-- The row and the version change together or not at all. False means that another silo was faster.
with bumped as
(
  update membership_version set version = version + 1
  where deployment_id = @DeploymentId and version = @Version and exists
    (select from membership
     where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
  returning deployment_id
),
updated as
(
  update membership m set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime
  from bumped
  where m.deployment_id = bumped.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
  returning 1
)
select exists (select from updated)
