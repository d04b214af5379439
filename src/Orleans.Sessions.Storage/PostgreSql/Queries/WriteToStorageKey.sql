-- If the answer has no row, there was a conflict. Only a grain that has never read or written a row has no version.
with updated as
(
  update grain_state set version = version + 1, payload = @PayloadBinary
  where service_id = @ServiceId and grain_type = @GrainTypeString and grain_key = @GrainIdExtensionString and version = @GrainStateVersion
  returning version
),
inserted as
(
  insert into grain_state (service_id, grain_type, grain_key, version, payload)
  select @ServiceId, @GrainTypeString, @GrainIdExtensionString, 1, @PayloadBinary
  where @GrainStateVersion::int is null
  on conflict do nothing
  returning version
)
select version as NewGrainStateVersion from updated union all select version from inserted
