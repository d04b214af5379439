using System.Text;

namespace Orleans.Sessions.Fuzz.Wire;

/// <summary>The parts of the service that requests are counted by.</summary>
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
/// A request as it goes over the wire. Target and headers have one character for each byte (Latin-1), so that they can hold what no
/// library would send.
/// </summary>
public sealed record FuzzRequest(Surface Surface, string Verb, string Target)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary><c>null</c>: none, and no <c>Content-Length</c>.</summary>
    public byte[]? Body { get; init; }

    /// <summary>How many bytes of the body are sent before the connection is closed for writing; <c>null</c>: all.</summary>
    public int? CutAt { get; init; }

    /// <summary>Whether the client says how long it waits, so that the service may answer that the time is over.</summary>
    public bool HasDeadline => Headers.Any(header =>
        header.Name.Equals("grpc-timeout", StringComparison.OrdinalIgnoreCase)
            || header.Name.Equals("connect-timeout-ms", StringComparison.OrdinalIgnoreCase));

    public FuzzRequest With(string name, string value) => this with { Headers = [.. Headers, (name, value)] };

    /// <summary>The request with one header of this name.</summary>
    public FuzzRequest Replace(string name, string value) => Without(name).With(name, value);

    public FuzzRequest Without(string name) =>
        this with { Headers = [.. Headers.Where(header => !header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))] };

    /// <summary>The request of whoever has this bearer token; <c>null</c>: of nobody.</summary>
    public FuzzRequest By(string? token) => token is null ? Without("authorization") : Replace("authorization", $"Bearer {token}");

    /// <summary>The value of HTTP's basic authentication, with name and secret escaped as OAuth asks for it.</summary>
    public static string Basic(string name, string secret) =>
        $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(name)}:{Uri.EscapeDataString(secret)}"))}";

    /// <summary>A text as the bytes of its UTF-8, a character each.</summary>
    public static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
