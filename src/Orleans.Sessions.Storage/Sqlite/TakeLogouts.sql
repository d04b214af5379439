-- One index look-up finds the next client with pending entries, and one more finds the entries of that client that are due. So a client
-- with a long queue costs no more than the others, and gets no more. SQLite keeps the order of a cross join.
with recursive client (id) as
(
  select * from (select client_id from logout_delivery where service_id || '' = @service and state = 1 order by client_id limit 1)
  union all
  select (select d.client_id from logout_delivery d
          where d.service_id || '' = @service and d.state = 1 and d.client_id > client.id
          order by d.client_id
          limit 1)
  from client
  where client.id is not null
)
update logout_delivery set due_at = @until
where id in
  (select d.id
   from client
   cross join logout_delivery d
   where client.id is not null and client.id not in (select value from json_each(@busy))
     and d.id in
       (select due.id from logout_delivery due
        where due.service_id || '' = @service and due.state = 1 and due.client_id = client.id and due.due_at <= @now
        order by due.due_at
        limit @share)
   order by d.due_at
   limit @limit)
returning id, session_id, user_id, client_id, issuer, reason, ended_at, state, attempts, due_at, outcome
