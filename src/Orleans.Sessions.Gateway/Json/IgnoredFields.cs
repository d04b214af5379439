using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// The fields of a request that no message of the contract has. ZITADEL ignores them, and so does this service where it speaks ZITADEL's
/// contract. But it tells: the answer names them in the header <see cref="Header"/>, and the log does too, without their values.
/// </summary>
internal sealed class IgnoredFields
{
    /// <summary>The name of the header.</summary>
    public const string Header = "sessions-ignored-fields";

    /// <summary>The maximum number of fields that are named.</summary>
    private const int MaxNamed = 10;

    private readonly List<string> _named = [];
    private int _count;

    /// <summary>Whether there are any.</summary>
    public bool Any => _count > 0;

    /// <summary>Notes a field.</summary>
    public void Add(FieldPath path)
    {
        if (++_count <= MaxNamed)
        {
            _named.Add(path.ToString());
        }
    }

    /// <summary>The fields, separated by commas. If there are more than can be named, it says how many more.</summary>
    public override string ToString() => string.Join(", ", _count > MaxNamed ? _named.Append($"and {_count - MaxNamed} more") : _named);

    /// <summary>Keeps the fields with the request, for <see cref="Of"/>.</summary>
    public void Keep(HttpContext http)
    {
        if (Any)
        {
            http.Features.Set(this);
        }
    }

    /// <summary>The ignored fields of a request that has been read; <c>null</c> if there are none.</summary>
    public static IgnoredFields? Of(HttpContext http) => http.Features.Get<IgnoredFields>();

    /// <summary>What reads the JSON message of this request, and keeps the fields that it ignores.</summary>
    public static Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> ReaderOf(HttpContext http) =>
        (json, type) =>
        {
            var ignored = new IgnoredFields();
            var message = MessageJsonReader.Read(json, type, ignored);
            ignored.Keep(http);
            return message;
        };
}
