-- Due entries are found client by client, so that no client waits behind the queue of another client.
create index logout_delivery_due_by_client on logout_delivery (service_id, client_id, due_at) where state = 1;

drop index logout_delivery_due;

-- For operators: the newest entries that failed permanently.
create index logout_delivery_failed on logout_delivery (service_id, id) where state = 3;

create index logout_delivery_by_client on logout_delivery (service_id, client_id, id);
