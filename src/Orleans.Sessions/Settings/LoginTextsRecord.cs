using System.Collections.Immutable;

namespace Orleans.Sessions.Settings;

/// <summary>The texts of login pages in their stored form: JSON objects, by language. New versions only add optional properties.</summary>
internal sealed record LoginTextsRecord
{
    /// <summary>The texts; <c>null</c> means none.</summary>
    public ImmutableSortedDictionary<string, string>? Texts { get; init; }
}
