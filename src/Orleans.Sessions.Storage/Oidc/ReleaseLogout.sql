-- Whoever has taken it since has moved due_at: then it is theirs.
update logout_delivery set due_at = @at
where service_id = @service and id = @id and state = 1 and due_at = @taken
