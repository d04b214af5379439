-- The values by which login pages search for people, besides login names, which already have an index. The indexes also contain the order
-- of the answer: SQLite has no statistics, and it prefers an index with the right order to an index that finds the rows.
create index user_by_user_name on user_directory (service_id, user_name_key, created_at, user_id) where user_name_key is not null;

create index user_by_email on user_directory (service_id, email_key, created_at, user_id) where email_key is not null;

create index user_by_phone on user_directory (service_id, phone, created_at, user_id) where phone is not null;

create index user_by_organization on user_directory (service_id, organization_id, created_at, user_id) where state <> 3;
