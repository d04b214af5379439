select entity_id, request_key
from
  (select entity_id, request_key, row_number() over (partition by entity_id order by logged_in_at desc, request_key) as place
   from saml_login
   where service_id = @service and session_key = @session) as login
where place = 1
order by entity_id
