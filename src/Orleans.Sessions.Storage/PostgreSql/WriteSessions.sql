select key, version from write_sessions(@service, @keys, @known, @payloads), ensure_member(@silo)
