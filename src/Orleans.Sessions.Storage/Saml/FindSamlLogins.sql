select session_key, session_index, request_key
from saml_login
where service_id = @service and entity_id = @entity and name_id = @name
order by logged_in_at desc, request_key
