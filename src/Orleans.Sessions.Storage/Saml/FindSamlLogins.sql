select distinct session_key, session_index
from saml_login
where service_id = @service and entity_id = @entity and name_id = @name
