using System.Text;

namespace Orleans.Sessions.Fuzz.Wire;

/// <summary>The parts of the service by which requests are counted.</summary>
public enum Surface
{
    Rest,
    Connect,
    Grpc,
    GrpcWeb,
    OAuth,
    Saml,
    Callback,
    Page,
}

/// <summary>
/// A request as it is sent. Target and headers have one character for each byte (Latin-1), so that they can contain bytes that no
/// library would send.
/// </summary>
public sealed record FuzzRequest(Surface Surface, string Verb, string Target)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The body; <c>null</c> means no body and no <c>Content-Length</c>.</summary>
    public byte[]? Body { get; init; }

    /// <summary>How many bytes of the body are sent before the connection is closed for writing; <c>null</c> means all.</summary>
    public int? CutAt { get; init; }

    /// <summary>Whether the client states a timeout, so that the service may answer that the time is over.</summary>
    public bool HasDeadline =>
        Headers.Any(header =>
            header.Name.Equals("grpc-timeout", StringComparison.OrdinalIgnoreCase)
            || header.Name.Equals("connect-timeout-ms", StringComparison.OrdinalIgnoreCase)
        );

    public FuzzRequest With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    /// <summary>The request with exactly one header of this name.</summary>
    public FuzzRequest Replace(string name, string value) => Without(name).With(name, value);

    public FuzzRequest Without(string name) =>
        this with
        {
            Headers = [.. Headers.Where(header => !header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))],
        };

    /// <summary>The request with this bearer token; <c>null</c> means without a token.</summary>
    public FuzzRequest By(string? token) => token is null ? Without("authorization") : Replace("authorization", $"Bearer {token}");

    /// <summary>The value of HTTP's basic authentication, with name and secret escaped as OAuth requires.</summary>
    public static string Basic(string name, string secret) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(secret)}"))}";

    /// <summary>A text as its UTF-8 bytes, one character for each byte.</summary>
    public static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
