insert into role_assignment
  (service_id, id, user_key, project_id, project_created_at, organization_id, inactive, role_keys, role_keys_key, created_at, changed_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (id, service_id) do update set
  inactive = excluded.inactive, role_keys = excluded.role_keys, role_keys_key = excluded.role_keys_key, changed_at = excluded.changed_at
