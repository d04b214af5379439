-- What is due is looked for client by client, so that none stands behind the queue of another one.
create index logout_delivery_due_by_client on logout_delivery (service_id, client_id, due_at) where state = 1;

drop index logout_delivery_due;

-- What an operator asks the ledger for: the newest ones that failed for good.
create index logout_delivery_failed on logout_delivery (service_id, id) where state = 3;

create index logout_delivery_by_client on logout_delivery (service_id, client_id, id);
