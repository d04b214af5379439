-- 6 is SiloStatus.Dead. The row lock orders this statement and a vote: after the vote, nothing is renewed.
with renewed as
(
  update membership set renewals = renewals + 1, lease_ms = @lease
  where deployment_id = @cluster and address = @address and port = @port and generation = @generation and status <> 6
  returning number
)
select (select number from renewed) as own, v.version, m.address, m.port, m.generation, m.status, m.renewals, m.lease_ms, m.lease_is_over,
       m.suspect_times
from membership_version v
left join membership m on m.deployment_id = v.deployment_id
where v.deployment_id = @cluster
