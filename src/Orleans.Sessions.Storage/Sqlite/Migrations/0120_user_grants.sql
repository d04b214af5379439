-- Finds the authorizations that applications hold for a user.
create index oidc_authorization_by_user on oidc_authorization (service_id, user_id, client_id, grain_key) where session_id is not null;
