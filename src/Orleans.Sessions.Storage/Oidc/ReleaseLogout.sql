-- If another silo has taken the entry since, due_at is different, and this statement changes nothing.
update logout_delivery set due_at = @at
where service_id = @service and id = @id and +state = 1 and +due_at = @taken
