-- The trigger notification_sent appends the event and deletes the row.
update notification set sent_at = @at
where service_id = @service and grain_key = @key and kind = @kind and id = @id
