-- If the answer has no row, there was a conflict. The insert is tried in two cases: the grain has never read or written a row, or its row
-- still exists (then the insert becomes the update). A stale write after a delete must not bring the row back.
insert into grain_state (service_id, grain_type, grain_key, version, payload)
select @ServiceId, @GrainTypeString, @GrainIdExtensionString, 1, @PayloadBinary
where @GrainStateVersion is null or exists
  (select 1 from grain_state
   where service_id = @ServiceId and grain_type = @GrainTypeString and grain_key = @GrainIdExtensionString
     and version = @GrainStateVersion)
on conflict (service_id, grain_type, grain_key) do update set
  version = version + 1, payload = excluded.payload
where version = @GrainStateVersion
returning version as NewGrainStateVersion
