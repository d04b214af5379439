-- Deletes only the dead silo that was read. A row that changed since then stays.
delete from membership
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
  and status = 6 and suspect_times is not distinct from @SuspectTimes and start_time = @StartTime
  and i_am_alive_time = @IAmAliveTime
