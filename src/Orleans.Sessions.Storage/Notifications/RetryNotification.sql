-- Whoever holds it by now has counted one more attempt.
update notification set due_at = @due
where service_id = @service and grain_key = @key and kind = @kind and id = @id and attempts = @attempts
