update grain_state set
  version = version + 1,
  payload = null,
  modified_at = (extract(epoch from clock_timestamp()) * 1000000)::bigint,
  user_id = null,
  organization_id = null,
  creator_id = null,
  fingerprint_id = null,
  created_at = null,
  expires_at = null,
  ended_at = null,
  expiry_published_at = null,
  user_epoch = null
where service_id = @ServiceId and grain_type = @GrainTypeString and grain_key = @GrainIdExtensionString
  and version = @GrainStateVersion
returning version as NewGrainStateVersion
