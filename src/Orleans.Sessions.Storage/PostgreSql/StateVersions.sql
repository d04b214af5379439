-- One look-up by primary key for each record, whatever the statistics say.
select asked.grain_type, asked.grain_key, found.version
from unnest(@types, @keys) as asked(grain_type, grain_key)
cross join lateral
(
  select version from grain_state s
  where s.service_id = @service and s.grain_type = asked.grain_type and s.grain_key = asked.grain_key
  offset 0
) as found
