update logout_delivery set state = @state, due_at = @at, outcome = @outcome
where service_id = @service and id = @id
