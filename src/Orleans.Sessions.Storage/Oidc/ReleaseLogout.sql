update logout_delivery set due_at = @at where service_id = @service and id = @id
