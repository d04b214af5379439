select version
from write_grain_state(@ServiceId, @GrainTypeString, @GrainIdExtensionString, @GrainStateVersion, @PayloadBinary) as version, ensure_member(@silo)
where version is not null
