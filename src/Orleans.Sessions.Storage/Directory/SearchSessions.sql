select s.payload, u.login_name, u.display_name, u.password_changed_at
from ({page}) s
left join user_state u on u.service_id = s.service_id and u.user_id = s.user_id
order by {order}
