select a.role_keys from role_assignment a
where a.service_id || '' = @service and a.project_id = @project and a.changed_at <= @until and a.role_keys like @pattern escape '!'
  and {condition}
order by a.created_at, a.id
limit @limit
