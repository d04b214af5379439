delete from grain_state
where service_id = @ServiceId and grain_type = @GrainTypeString and grain_key = @GrainIdExtensionString
  and version = @GrainStateVersion
returning version + 1 as NewGrainStateVersion
