insert into notification (service_id, grain_key, kind, id, content, sent_event, session_id, user_id, due_at, expires_at, attempts)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)
on conflict (service_id, grain_key, kind) do update set
  id = excluded.id, content = excluded.content, sent_event = excluded.sent_event, session_id = excluded.session_id,
  user_id = excluded.user_id, due_at = excluded.due_at, expires_at = excluded.expires_at, attempts = 0
