update saml_login set kept_until = $3 where service_id = $1 and session_key = $2 and kept_until is null
