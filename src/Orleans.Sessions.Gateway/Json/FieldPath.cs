using System.Globalization;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// Where in a request a value is, such as <c>checks.user.userId</c>, <c>queries[2].idsQuery</c> or <c>metadata.department</c>. Names that
/// only the client knows are shortened, and everything but printable ASCII is replaced, so that a path can be put into headers and logs.
/// </summary>
/// <param name="parent">The place that contains this one; <c>null</c> for the request itself.</param>
/// <param name="name">The name of the field, or the index in brackets.</param>
internal sealed class FieldPath(FieldPath? parent, string name)
{
    private const int MaxName = 60;

    /// <summary>The request itself. Its text is empty.</summary>
    public static readonly FieldPath Request = new(null, "");

    /// <summary>A field of this message, or an entry of this map.</summary>
    public FieldPath Field(string field) => new(this, field);

    /// <summary>An item of this list.</summary>
    public FieldPath Item(int index) => new(this, $"[{index.ToString(CultureInfo.InvariantCulture)}]");

    public override string ToString()
    {
        var own = Readable(name);
        return parent?.ToString() is { Length: > 0 } before ? $"{before}{(own.StartsWith('[') ? "" : ".")}{own}" : own;
    }

    private static string Readable(string name)
    {
        var kept = name.AsSpan(0, Math.Min(name.Length, MaxName));
        return $"{string.Concat(kept.ToArray().Select(Printable))}{(kept.Length < name.Length ? "..." : "")}";
    }

    private static char Printable(char character) => character is > ' ' and <= '~' and not (',' or ';' or '"') ? character : '?';
}
