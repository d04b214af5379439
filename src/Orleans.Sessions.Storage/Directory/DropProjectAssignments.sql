delete from role_assignment
where service_id = @service and id in
  (select a.id from role_assignment a
   where a.service_id || '' = @service and a.project_id = @project and a.project_created_at = @created
     and a.created_at <= @until and {condition}
   order by a.created_at, a.id
   limit @limit)
