update grain_state set
  version = version + 1, payload = null, modified_at = cast(unixepoch('subsec') * 1000000 as integer)
where service_id = @ServiceId and grain_type = @GrainTypeString and grain_key = @GrainIdExtensionString
  and version = @GrainStateVersion
returning version as NewGrainStateVersion
