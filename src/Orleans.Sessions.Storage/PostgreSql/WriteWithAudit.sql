select version
from write_grain_state(@ServiceId, @GrainTypeString, @GrainIdExtensionString, @GrainStateVersion, @PayloadBinary, @audit::json) as version,
     ensure_member(@silo)
where version is not null
