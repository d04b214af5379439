-- The user's row is found by its key, in subqueries that no planner can turn into a join.
select a.id, a.user_key, a.project_id, a.organization_id, a.role_keys, a.inactive, a.created_at, a.changed_at,
  (select u.login_name from user_state u where u.service_id = a.service_id and u.grain_key = a.user_key),
  (select u.display_name from user_state u where u.service_id = a.service_id and u.grain_key = a.user_key),
  (select u.organization_id from user_state u where u.service_id = a.service_id and u.grain_key = a.user_key)
from ({page}) a
order by {order}
