using System.Collections.Immutable;

namespace Orleans.Sessions.Storage;

/// <summary>The keys of roles in one column: a line feed before and after each key. No key contains one.</summary>
internal static class RoleKeys
{
    /// <summary>What is between two keys.</summary>
    public const string Separator = "\n";

    /// <summary>The text of the column.</summary>
    public static string Of(IEnumerable<string> keys)
    {
        var joined = string.Join(Separator, keys);
        return joined.Length == 0 ? Separator : $"{Separator}{joined}{Separator}";
    }

    /// <summary>The keys of a column.</summary>
    public static ImmutableArray<string> Read(string column) => [.. column.Split(Separator, StringSplitOptions.RemoveEmptyEntries)];
}
