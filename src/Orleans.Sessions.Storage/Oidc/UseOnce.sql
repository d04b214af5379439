-- Returns the attempt that was first.
insert into used_once (service_id, key, attempt, expires_at) values (@service, @key, @attempt, @until)
on conflict (service_id, key) do update set attempt = used_once.attempt
returning attempt
