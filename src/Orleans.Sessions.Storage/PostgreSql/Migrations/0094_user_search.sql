-- What login pages look for people by, beside login names, which have an index already. With the
-- order of the answer: SQLite, which has no statistics, would take an index that has it rather than one that finds.
create index user_by_user_name on user_directory (service_id, user_name_key, created_at, user_id) where user_name_key is not null;

create index user_by_email on user_directory (service_id, email_key, created_at, user_id) where email_key is not null;

create index user_by_phone on user_directory (service_id, phone, created_at, user_id) where phone is not null;

create index user_by_organization on user_directory (service_id, organization_id, created_at, user_id) where state <> 3;
