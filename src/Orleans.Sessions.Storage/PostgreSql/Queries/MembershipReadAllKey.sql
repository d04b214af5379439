-- Only votes of active silos count, so a silo that restarts has only one vote. 3 is SiloStatus.Active, 6 is SiloStatus.Dead. A dead silo is
-- returned unchanged, because its row is deleted only if it has not changed.
select v.version as Version, m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName,
       m.host_name as HostName, m.status as Status, m.proxy_port as ProxyPort,
       case when m.status = 6 then m.suspect_times else
         (select string_agg(vote, '|')
          from unnest(string_to_array(m.suspect_times, '|')) vote
          join membership voter on voter.deployment_id = m.deployment_id and voter.status = 3
            and translate(split_part(vote, ',', 1), '[]', '') = voter.address || ':' || voter.port || '@' || voter.generation)
       end as SuspectTimes,
       m.start_time as StartTime, m.i_am_alive_time as IAmAliveTime
from membership_version v
left join membership m on m.deployment_id = v.deployment_id
where v.deployment_id = @DeploymentId
