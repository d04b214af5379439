insert into logout_delivery (service_id, session_id, user_id, client_id, issuer, reason, ended_at, due_at)
select $1, $3, user_id, client_id, issuer, $4, $5, $5 from client_login where service_id = $1 and session_key = $2
