-- A logout needs the request as long as the session lives.
update saml_request_state set purge_at = null
where service_id = $1 and grain_key = $2 and exists
  (select 1 from saml_login where service_id = $1 and session_key = $3 and request_key = $2)
