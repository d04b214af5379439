insert into function_revision (id, revision) values (1, @revision)
on conflict (id) do update set revision = excluded.revision
