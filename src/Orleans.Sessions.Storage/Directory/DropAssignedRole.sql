update role_assignment
set role_keys = replace(role_keys, @key, @nothing), role_keys_key = replace(role_keys_key, @folded, @nothing)
where service_id = @service and id in
  (select a.id from role_assignment a
   where a.service_id || '' = @service and a.project_id = @project and a.changed_at <= @until and a.role_keys like @pattern escape '!'
     and {condition}
   order by a.created_at, a.id
   limit @limit)
