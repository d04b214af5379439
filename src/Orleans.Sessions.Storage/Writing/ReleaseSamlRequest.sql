-- The request of an earlier login of the same session under the same name is no longer needed.
update saml_request_state set purge_at = expires_at
where service_id = $1 and grain_key in
  (select request_key from saml_login
   where service_id = $1 and session_key = $2 and entity_id = $3 and name_id = $4 and session_index = $5)
