select distinct session_id, session_index
from saml_login
where service_id = @service and entity_id = @entity and name_id = @name and session_id is not null
