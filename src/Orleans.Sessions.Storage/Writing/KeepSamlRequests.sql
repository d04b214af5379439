update saml_request_state set purge_at = $3
where service_id = $1
  and grain_key in (select request_key from saml_login where service_id = $1 and session_key = $2 and kept_until is null)
