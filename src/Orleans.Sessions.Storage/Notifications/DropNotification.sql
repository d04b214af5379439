delete from notification
where service_id = @service and grain_key = @key and kind = @kind and id = @id and attempts = @attempts
