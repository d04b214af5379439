insert into OrleansQuery (QueryKey, QueryText) values (@key, @query)
on conflict (QueryKey) do update set QueryText = excluded.QueryText
where OrleansQuery.QueryText <> excluded.QueryText
