using System.Text;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Writes conditions on the metadata of users as SQL. Metadata is read from the stored record itself. It has no table of its own, so a node
/// of an older version cannot leave such a table behind the record.
/// </summary>
internal static class MetadataConditions
{
    /// <summary>Stands in a condition for <see cref="Database.MetadataOfUser"/>.</summary>
    public const string Entries = "{metadata}";

    /// <summary>Whether this is a condition on an entry.</summary>
    public static bool Is(UserFilter filter) => filter is UserFilter.MetadataKey or UserFilter.MetadataValue;

    /// <summary>There is one entry that fulfills all these conditions.</summary>
    public static string One(IEnumerable<UserFilter> filters, SqlQuery sql) =>
        $"exists (select 1 from {Entries} where {string.Join(" and ", filters.Select(filter => Of(filter, sql)))})";

    private static string Of(UserFilter filter, SqlQuery sql) =>
        filter switch
        {
            UserFilter.MetadataKey f => TextConditions.Of("entry.key", "lower(entry.key)", f.Key, Lower(f.Key), f.Method, sql),
            UserFilter.MetadataValue f => $"entry.value {(f.Differs ? "<>" : "=")} {sql.Add(Convert.ToBase64String(f.Value.AsSpan()))}",
            _ => throw new NotSupportedException($"Filter {filter.GetType().Name} is not about metadata."),
        };

    /// <summary>Both databases fold ASCII letters alike, and only these.</summary>
    private static string Lower(string text)
    {
        var lower = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            lower.Append(char.IsAsciiLetterUpper(character) ? (char)(character | ' ') : character);
        }

        return lower.ToString();
    }
}
