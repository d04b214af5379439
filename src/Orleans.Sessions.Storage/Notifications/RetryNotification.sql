-- If another node has claimed the message since, the number of attempts is higher, and this statement changes nothing.
update notification set due_at = @due
where service_id = @service and grain_key = @key and kind = @kind and id = @id and attempts = @attempts
