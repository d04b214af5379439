select user_id
from user_identity
where service_id = @service and provider_id = @provider and external_id = @external
