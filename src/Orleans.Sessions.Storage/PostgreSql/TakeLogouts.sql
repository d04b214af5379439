-- Every silo takes from the same outbox: rows that another one is taking are left to it.
update logout_delivery set due_at = @until
where id in
  (select id from logout_delivery
   where service_id = @service and state = 1 and due_at <= @now
   order by due_at
   limit @limit
   for update skip locked)
returning id, session_id, user_id, client_id, issuer, reason, ended_at, state, attempts, due_at, outcome
