-- Answers that SAML service providers fetch by an artifact. After expires_at the row is deleted.
create table saml_artifact_state
(
  service_id text    not null,
  grain_key  text    not null,
  version    integer not null,
  payload    blob    not null,
  expires_at integer not null,
  primary key (grain_key, service_id)
);

create index saml_artifact_to_purge on saml_artifact_state (expires_at);
