-- As long as its session may still end, a request says which session a logout ends.
delete from grain_state
where service_id = @service and grain_type = 'saml_request' and grain_key in
  (select a.grain_key from saml_login a
   where a.service_id = @service and a.expires_at < @now
     and not exists
       (select 1 from grain_state s
        where s.service_id = a.service_id and s.grain_type = 'session' and s.grain_key = 's-' || a.session_id
          and s.ended_at is null and s.expiry_published_at is null)
   order by a.expires_at
   limit @limit
   for update of a skip locked)
