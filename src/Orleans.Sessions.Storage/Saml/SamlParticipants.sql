select entity_id, grain_key
from
  (select entity_id, grain_key, row_number() over (partition by entity_id order by expires_at desc, grain_key) as place
   from saml_login
   where service_id = @service and session_id = @session) as login
where place = 1
order by entity_id
