-- All silos may purge at the same time. Rows that another silo has locked are skipped. A login that was completed at the moment in which
-- its session ended is forgotten with the session.
with ended as
(
  select grain_key from session_state
  where service_id || '' = @service and ended_at is not null and ended_at < @before
  order by ended_at
  limit @limit
  for update skip locked
),
expired as
(
  select grain_key from session_state
  where service_id || '' = @service and ended_at is null and expiry_published_at is not null and expires_at < @before
  order by expires_at
  limit @limit
  for update skip locked
),
gone as
(
  select grain_key from ended union all select grain_key from expired limit @limit
),
clients as
(
  delete from client_login where service_id = @service and session_key = any(array(select grain_key from gone))
),
logins as
(
  update saml_login set kept_until = 0
  where service_id = @service and session_key = any(array(select grain_key from gone)) and kept_until is null
)
delete from session_state where service_id = @service and grain_key = any(array(select grain_key from gone))
