-- The session is found by its key alone. Its conditions are written so that they fit no partial index, because the planner could scan such
-- an index.
insert into saml_login (service_id, session_key, entity_id, name_id, session_index, request_key, logged_in_at)
select $1, $2, $3, $4, $5, $6, $7
where exists
  (select 1 from session_state
   where service_id = $1 and grain_key = $2 and coalesce(ended_at, -1) = -1 and coalesce(expiry_published_at, -1) = -1)
on conflict (service_id, session_key, entity_id, name_id, session_index)
  do update set request_key = excluded.request_key, logged_in_at = excluded.logged_in_at
