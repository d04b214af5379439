delete from client_login where service_id = $1 and session_key = $2
