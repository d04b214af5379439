-- 6 is SiloStatus.Dead. A silo that is only late must not be deleted.
delete from membership where deployment_id = @DeploymentId and status = 6 and i_am_alive_time < @IAmAliveTime
