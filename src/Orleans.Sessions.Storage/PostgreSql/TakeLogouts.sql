-- Every silo takes from the same outbox and skips rows that another silo is taking. One index look-up finds the next client with pending
-- entries, and one more finds the entries of that client that are due. So a client with a long queue costs no more than the others, and
-- gets no more.
with recursive client as
(
  (select client_id from logout_delivery where service_id || '' = @service and state = 1 order by client_id limit 1)
  union all
  select (select d.client_id from logout_delivery d
          where d.service_id || '' = @service and d.state = 1 and d.client_id > client.client_id
          order by d.client_id
          limit 1)
  from client
  where client.client_id is not null
),
due as
(
  select d.id
  from client
  cross join lateral
    (select id, due_at from logout_delivery
     where service_id || '' = @service and state = 1 and client_id = client.client_id and due_at <= @now
     order by due_at
     limit @share
     for update skip locked) d
  where client.client_id is not null and client.client_id not in (select json_array_elements_text(@busy::json))
  order by d.due_at
  limit @limit
)
update logout_delivery set due_at = @until
where id = any(array(select id from due))
returning id, session_id, user_id, client_id, issuer, reason, ended_at, state, attempts, due_at, outcome
