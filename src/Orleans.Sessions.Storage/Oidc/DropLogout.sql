delete from logout_delivery where service_id = @service and id = @id
