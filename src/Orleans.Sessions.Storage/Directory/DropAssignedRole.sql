update role_assignment
set role_keys = @left, role_keys_key = @folded
where service_id = @service and id in
  (select a.id from role_assignment a
   where a.service_id || '' = @service and a.project_id = @project and a.changed_at <= @until and a.role_keys = @keys
     and {condition}
   order by a.created_at, a.id
   limit @limit)
