using System.Globalization;
using System.Text;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Wire;

namespace Orleans.Sessions.Fuzz.Grammar;

/// <summary>Parameters of a request by a browser or client, for a query, a form or a multipart form.</summary>
public sealed record Form(IReadOnlyList<(string Name, string Value)> Fields)
{
    private const string Boundary = "fuzz-boundary";

    /// <summary>The form with some fields left out, repeated, spoilt, swapped or made up.</summary>
    public Form Spoil(Dice dice)
    {
        var fields = Fields.ToList();
        for (var times = dice.Pick([0, 1, 1, 2, 3]); times > 0 && fields.Count > 0; times--)
        {
            var at = dice.Below(fields.Count);
            var (name, value) = fields[at];
            switch (dice.Below(7))
            {
                case 0:
                    fields.RemoveAt(at);
                    break;
                case 1:
                    fields.Add((name, dice.Chance(0.5) ? value : Texts.Hostile(dice)));
                    break;
                case 2:
                    fields[at] = (name, Texts.Spoil(dice, value));
                    break;
                case 3:
                    fields[at] = (Texts.Spoil(dice, name), value);
                    break;
                case 4:
                    fields[at] = (name, fields[dice.Below(fields.Count)].Value);
                    break;
                default:
                    fields[at] = (name, Texts.Hostile(dice));
                    break;
            }
        }

        return new Form(fields);
    }

    /// <summary>A request with the fields in its query.</summary>
    public FuzzRequest Get(Surface surface, string path) => new(surface, "GET", Fields.Count == 0 ? path : $"{path}?{Encoded}");

    /// <summary>A request with the fields in a form.</summary>
    public FuzzRequest Post(Surface surface, string path) =>
        new(surface, "POST", path)
        {
            Headers = [("Content-Type", "application/x-www-form-urlencoded")],
            Body = Encoding.Latin1.GetBytes(Encoded),
        };

    /// <summary>A request with the fields in a multipart form, which is often truncated.</summary>
    public FuzzRequest Multipart(Dice dice, Surface surface, string path)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Fields)
        {
            var file = dice.Pick(["", "", "; filename=\"a\"", "; filename*=utf-8''%zz"]);
            text.Append(CultureInfo.InvariantCulture, $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
                .Append(value)
                .Append("\r\n");
        }

        var body = Encoding.UTF8.GetBytes(text.Append($"--{Boundary}--\r\n").ToString());
        var request = new FuzzRequest(surface, "POST", path)
        {
            Headers =
            [
                (
                    "Content-Type",
                    $"multipart/form-data; boundary={dice.Pick([Boundary, Boundary, Boundary, "other", "\"\"", new string('b', 200)])}"
                ),
            ],
            Body = body,
        };
        return dice.Below(4) switch
        {
            0 => request with { Body = body[..dice.Below(body.Length)] },
            1 => request with { CutAt = dice.Below(body.Length) },
            _ => request,
        };
    }

    /// <summary>A request in any of these ways.</summary>
    public FuzzRequest Send(Dice dice, Surface surface, string path, bool mostlyPost) =>
        dice.Below(10) switch
        {
            0 => Multipart(dice, surface, path),
            1 => mostlyPost ? Get(surface, path) : Post(surface, path),
            _ => mostlyPost ? Post(surface, path) : Get(surface, path),
        };

    private string Encoded => string.Join('&', Fields.Select(pair => $"{Requests.Escape(pair.Name)}={Requests.Escape(pair.Value)}"));
}
