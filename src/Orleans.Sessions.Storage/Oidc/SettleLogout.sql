-- Whoever has taken it since has moved due_at: then it is theirs.
update logout_delivery set state = @state, due_at = @at, outcome = @outcome, attempts = attempts + 1
where service_id = @service and id = @id and state = 1 and due_at = @taken
