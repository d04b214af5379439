using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Orleans.Sessions.Faults.Load;

/// <summary>A request that can be repeated at any node.</summary>
public sealed record Request(HttpMethod Method, string Path)
{
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>Whether its sender has rights that are never withdrawn.</summary>
    public bool IsByAdministrator { get; init; }

    public object? Json { get; init; }

    public IReadOnlyDictionary<string, string>? Form { get; init; }

    /// <summary>Makes repetitions of a write count as one write.</summary>
    public string? IdempotencyKey { get; init; }

    public long? ExpectedSequence { get; init; }

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    public HttpRequestMessage Message(Uri node)
    {
        var message = new HttpRequestMessage(Method, new Uri(node, Path))
        {
            Content =
                Json is not null ? JsonContent.Create(Json)
                : Form is not null ? new FormUrlEncodedContent(Form)
                : null,
        };
        message.Headers.Authorization = Authorization;
        if (IdempotencyKey is not null)
        {
            message.Headers.Add("Idempotency-Key", IdempotencyKey);
        }

        if (ExpectedSequence is { } sequence)
        {
            message.Headers.Add("X-Expected-Sequence", sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return message;
    }
}
