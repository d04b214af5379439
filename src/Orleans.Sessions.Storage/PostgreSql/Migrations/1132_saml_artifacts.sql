-- Answers that SAML service providers fetch by an artifact. After expires_at the row is deleted.
create table saml_artifact_state
(
  service_id text collate "C" not null,
  grain_key  text collate "C" not null,
  version    int              not null,
  payload    bytea            not null,
  expires_at bigint           not null,
  primary key (grain_key, service_id)
);

create index saml_artifact_to_purge on saml_artifact_state (expires_at);
