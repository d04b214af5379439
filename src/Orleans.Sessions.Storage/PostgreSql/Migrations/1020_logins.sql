-- The clients at which a session has logged in. They are notified when the session ends.
create table client_login
(
  service_id  text collate "C" not null,
  session_key text collate "C" not null,
  client_id   text collate "C" not null,
  issuer      text collate "C" not null,
  user_id     text collate "C" not null,
  primary key (session_key, client_id, service_id)
);

-- The SAML service providers at which a session has logged in, and the newest request of each login. After the end of the session a row is
-- kept until kept_until, because the logout reads it after it has ended the session.
create table saml_login
(
  service_id    text collate "C" not null,
  session_key   text collate "C" not null,
  entity_id     text collate "C" not null,
  name_id       text collate "C" not null,
  session_index text collate "C" not null,
  request_key   text collate "C" not null,
  logged_in_at  bigint           not null,
  kept_until    bigint,
  primary key (session_key, entity_id, name_id, session_index, service_id)
);

create index saml_login_by_name on saml_login (entity_id, name_id);

create index saml_login_to_purge on saml_login (kept_until) where kept_until is not null;

-- The notifications of clients about ended sessions, and their results. Pending entries (state 1) are the outbox of the back-channel
-- logout; the others are its ledger. due_at is the earliest time of the next attempt, or the time when the entry was settled.
create table logout_delivery
(
  id         bigint generated always as identity primary key,
  service_id text collate "C" not null,
  session_id text collate "C" not null,
  user_id    text collate "C" not null,
  client_id  text collate "C" not null,
  issuer     text collate "C" not null,
  reason     text collate "C" not null,
  ended_at   bigint           not null,
  state      int              not null default 1,
  attempts   int              not null default 0,
  due_at     bigint           not null,
  outcome    text collate "C"
);

-- Due entries are found client by client, so that no client waits behind the queue of another client.
create index logout_delivery_due on logout_delivery (client_id, due_at) where state = 1;

create index logout_delivery_settled on logout_delivery (due_at) where state <> 1;

-- For operators: the newest entries that failed permanently.
create index logout_delivery_failed on logout_delivery (id) where state = 3;

create index logout_delivery_by_session on logout_delivery (session_id, client_id);

create index logout_delivery_by_client on logout_delivery (client_id, id);

-- Values that may be used only once, until they expire anyway: pushed requests and signed assertions. The key is a hash. The attempt
-- distinguishes a repeated call from another use.
create table used_once
(
  service_id text collate "C" not null,
  key        text collate "C" not null,
  attempt    text collate "C" not null,
  expires_at bigint           not null,
  primary key (key, service_id)
);

create index used_once_by_expiry on used_once (expires_at);
