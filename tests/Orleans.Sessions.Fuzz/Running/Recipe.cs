using System.Globalization;
using System.Text;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>Writes requests as shell commands, so that a person can repeat them.</summary>
public static class Recipe
{
    /// <summary>The command. Bytes that a terminal might not show are escaped.</summary>
    public static string Of(FuzzRequest request, Uri address)
    {
        if (request.CutAt is not null)
        {
            return $"{Piped(new Http1(address, TimeSpan.Zero).Bytes(request))}timeout 5 nc -N {address.Host} {address.Port}";
        }

        var version = request.Surface == Surface.Grpc ? " --http2-prior-knowledge" : "";
        var command = new StringBuilder(request.Body is { } body ? Piped(body) : "")
            .Append(CultureInfo.InvariantCulture, $"curl -i --path-as-is -g{version} -X {Quote(request.Verb)} ")
            .Append(Quote(Url(request.Target, address)));
        foreach (var (name, value) in request.Headers)
        {
            command.Append(CultureInfo.InvariantCulture, $" -H {Quote(value.Length == 0 ? $"{name};" : $"{name}: {value}")}");
        }

        if (request.Body is { } sent)
        {
            command
                .Append(" --data-binary @-")
                .Append(sent.All(value => value is >= 0x20 and < 0x7F) ? $"   # {Encoding.ASCII.GetString(sent)}" : "");
        }

        return command.ToString();
    }

    /// <summary>The command that repeats the run.</summary>
    public static string OfRun(FuzzDatabase database, long seed, string more) =>
        $"dotnet run -c Release --project tests/Orleans.Sessions.Fuzz --{more}"
        + $" --database {(database == FuzzDatabase.Sqlite ? "sqlite" : "postgresql")} --seed {seed}";

    private static string Url(string target, Uri address) =>
        target.StartsWith('/') ? $"{address.GetLeftPart(UriPartial.Authority)}{target}" : target;

    private static string Quote(string text) =>
        text.All(IsPlain) ? $"'{text}'" : $"$'{string.Concat(text.Select(letter => IsPlain(letter) ? $"{letter}" : Escape(letter)))}'";

    private static bool IsPlain(char character) => character is >= ' ' and < '\x7f' and not ('\'' or '\\');

    private static string Escape(char character) => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");

    private static string Piped(byte[] bytes) => $"printf %s '{Convert.ToBase64String(bytes)}' | base64 -d | ";
}
