select key, version from write_sessions(@service, @keys, @known, @payloads, @audits), ensure_member(@silo)
