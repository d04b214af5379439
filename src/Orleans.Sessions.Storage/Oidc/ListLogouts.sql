select id, session_id, user_id, client_id, issuer, reason, ended_at, state, attempts, due_at, outcome
from logout_delivery
where service_id || '' = @service and {condition}
order by id desc
limit @limit
