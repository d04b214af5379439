select client_id, issuer
from client_login
where session_key = @session and service_id = @service
order by client_id
