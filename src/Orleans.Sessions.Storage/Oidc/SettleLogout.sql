update logout_delivery set state = @state, due_at = @at, outcome = @outcome, attempts = attempts + 1
where service_id = @service and id = @id
