using System.Globalization;
using System.Text;
using Orleans.Sessions.Fuzz.Wire;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>Writes requests so that they can be sent again from a shell.</summary>
public static class Recipe
{
    /// <summary>The command. Bytes that a terminal might not show are written as escapes.</summary>
    public static string Of(FuzzRequest request, Uri address)
    {
        if (request.CutAt is not null)
        {
            return $"printf %s '{Convert.ToBase64String(new Http1(address, TimeSpan.Zero).Bytes(request))}' | base64 -d | timeout 5 nc -N {address.Host} {address.Port}";
        }

        var body = request.Body is { } bytes ? $"printf %s '{Convert.ToBase64String(bytes)}' | base64 -d | " : "";
        var command = new StringBuilder(body).Append(CultureInfo.InvariantCulture, $"curl -i --path-as-is -g{(request.Surface == Surface.Grpc ? " --http2-prior-knowledge" : "")} -X {Quote(request.Verb)} {Quote(Url(request.Target, address))}");
        foreach (var (name, value) in request.Headers)
        {
            command.Append(CultureInfo.InvariantCulture, $" -H {Quote(value.Length == 0 ? $"{name};" : $"{name}: {value}")}");
        }

        if (request.Body is { } sent)
        {
            command.Append(" --data-binary @-").Append(sent.All(value => value is >= 0x20 and < 0x7F) ? $"   # {Encoding.ASCII.GetString(sent)}" : "");
        }

        return command.ToString();
    }

    private static string Url(string target, Uri address) => target.StartsWith('/') ? $"{address.GetLeftPart(UriPartial.Authority)}{target}" : target;

    private static string Quote(string text) => text.All(character => character is >= ' ' and < '\x7f' and not ('\'' or '\\'))
        ? $"'{text}'"
        : $"$'{string.Concat(text.Select(character => character is >= ' ' and < '\x7f' and not ('\'' or '\\') ? $"{character}" : $"\\x{(int)character:x2}"))}'";
}
