namespace Orleans.Sessions.Sessions;

/// <summary>
/// What a person calls a device, made from the text with which browsers name themselves (<c>User-Agent</c>). A rough guess is enough:
/// people only want to tell their devices apart, and they may name them.
/// </summary>
internal static class DeviceNames
{
    /// <summary>Browsers, in an order in which the first match is right: most of them also claim to be the ones after them.</summary>
    private static readonly (string Mark, string Name)[] s_browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Vivaldi/", "Vivaldi"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];

    private static readonly (string Mark, string Name)[] s_systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];

    /// <summary>A name such as "Firefox, Linux"; <c>null</c> if the text names no known browser and no known system.</summary>
    public static string? Of(string? description)
    {
        if (description is null)
        {
            return null;
        }

        string?[] parts = [Find(s_browsers, description), Find(s_systems, description)];
        var name = string.Join(", ", parts.OfType<string>());
        return name.Length > 0 ? name : null;
    }

    private static string? Find((string Mark, string Name)[] known, string description) =>
        Array.Find(known, one => description.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
