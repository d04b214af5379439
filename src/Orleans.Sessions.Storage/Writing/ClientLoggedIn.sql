-- The session is found by its key alone. Its conditions are written so that they fit no partial index, because the planner could scan such
-- an index.
insert into client_login (service_id, session_key, client_id, issuer, user_id)
select $1, $2, $3, $4, $5
where exists
  (select 1 from session_state
   where service_id = $1 and grain_key = $2 and coalesce(ended_at, -1) = -1 and coalesce(expiry_published_at, -1) = -1)
on conflict (service_id, session_key, client_id) do update set issuer = excluded.issuer, user_id = excluded.user_id
