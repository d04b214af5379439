-- 6 is SiloStatus.Dead: a silo that is merely late must not be forgotten.
delete from membership where deployment_id = @DeploymentId and status = 6 and i_am_alive_time < @IAmAliveTime
