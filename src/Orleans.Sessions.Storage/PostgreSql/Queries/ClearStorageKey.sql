update grain_state set version = version + 1, payload = null
where service_id = @ServiceId and grain_type = @GrainTypeString and grain_key = @GrainIdExtensionString
  and version = @GrainStateVersion
returning version as NewGrainStateVersion
