-- No row in the answer is the conflict.
select version as NewGrainStateVersion
from write_grain_state(@ServiceId, @GrainTypeString, @GrainIdExtensionString, @GrainStateVersion, @PayloadBinary) as version
where version is not null
