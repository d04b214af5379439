update membership set lease_is_over = true
where deployment_id = @cluster and address = @address and port = @port and generation = @generation and not lease_is_over
