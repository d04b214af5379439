-- If the answer has no row, there was a conflict.
select version as NewGrainStateVersion
from write_grain_state(@ServiceId, @GrainTypeString, @GrainIdExtensionString, @GrainStateVersion, @PayloadBinary) as version
where version is not null
