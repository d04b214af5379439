using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Notifications;

/// <summary>
/// All texts: the built-in ones, overridden by those of the configured folder. A wrong file stops the start with an error
/// that names it.
/// </summary>
internal sealed class NotificationTexts
{
    /// <summary>The placeholders allowed in texts.</summary>
    internal static readonly string[] Fields =
    [
        "Code",
        "DisplayName",
        "LoginName",
        "FormerLoginName",
        "Minutes",
        "Application",
        "Url",
        "Factor",
        "Time",
    ];

    /// <summary>The placeholders allowed in the HTML around the texts; values are escaped, except the button, which is HTML.</summary>
    internal static readonly string[] LayoutFields = ["Language", "Title", "PreHeader", "Greeting", "Text", "Button", "Footer"];

    /// <summary>The placeholders allowed in the button.</summary>
    internal static readonly string[] ButtonFields = ["Url", "ButtonText"];

    private const string Prefix = "Orleans.Sessions.Notifications.Texts.";
    private static readonly Assembly s_assembly = typeof(NotificationTexts).Assembly;

    private readonly Dictionary<string, LanguageTexts> _languages = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _default;

    /// <summary>Reads all files. Fails with <see cref="InvalidOperationException"/>.</summary>
    public NotificationTexts(IOptions<NotificationOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folder = options.Value.TextFolder;
        foreach (var language in OwnLanguages.All)
        {
            var resource = $"{Prefix}{language}.json";
            Add(language, Resource(resource), resource);
        }

        foreach (var file in folder is null ? [] : Directory.EnumerateFiles(folder, "*.json"))
        {
            Add(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file), file);
        }

        Layout = Template(folder, "layout.html", LayoutFields);
        Button = Template(folder, "button.html", ButtonFields);
        _default = options.Value.DefaultLanguage;
        if (!_languages.ContainsKey(_default))
        {
            throw new InvalidOperationException($"{NotificationOptions.Section}:DefaultLanguage: there are no texts in '{_default}'.");
        }
    }

    /// <summary>The HTML around the texts.</summary>
    internal PlaceholderTemplate Layout { get; }

    /// <summary>The HTML of a link.</summary>
    internal PlaceholderTemplate Button { get; }

    /// <summary>The texts of a message in the language closest to the person's, with the name of that language.</summary>
    internal (string Language, MessageTexts Message, string Footer) For(string message, string language)
    {
        var primary = language.Split('-')[0];
        var found = new[] { language, primary, _default, "en" }.First(name =>
            _languages.TryGetValue(name, out var texts) && texts.Messages.ContainsKey(message)
        );
        var texts = _languages[found].Messages[message];
        return (found, texts, texts.Footer ?? _languages[found].Footer ?? "");
    }

    /// <summary>The name of a factor in a language.</summary>
    internal string Factor(string factor, string language) =>
        _languages[language].Factors.GetValueOrDefault(factor) ?? _languages["en"].Factors.GetValueOrDefault(factor) ?? factor;

    private void Add(string language, string json, string source)
    {
        try
        {
            var texts = JsonSerializer.Deserialize(json, NotificationJsonContext.Default.LanguageTexts)
                ?? throw new JsonException("It is empty.");
            foreach (var part in texts.Messages.Values.SelectMany(message => message.Parts))
            {
                PlaceholderTemplate.Parse(part, Fields);
            }

            if (_languages.GetValueOrDefault(language) is { } shipped)
            {
                texts = new LanguageTexts
                {
                    Footer = texts.Footer ?? shipped.Footer,
                    Factors = Merged(shipped.Factors, texts.Factors),
                    Messages = Merged(shipped.Messages, texts.Messages),
                };
            }

            _languages[language] = texts;
        }
        catch (Exception exception) when (exception is JsonException or SessionException)
        {
            throw new InvalidOperationException($"The texts in {source} cannot be used: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, T> Merged<T>(Dictionary<string, T> shipped, Dictionary<string, T> own) =>
        new(shipped.Concat(own).GroupBy(entry => entry.Key).Select(group => group.Last()));

    private static PlaceholderTemplate Template(string? folder, string name, string[] fields)
    {
        var file = folder is null ? null : Path.Combine(folder, name);
        try
        {
            return PlaceholderTemplate.Parse(
                file is not null && File.Exists(file) ? File.ReadAllText(file) : Resource(Prefix + name),
                fields
            );
        }
        catch (SessionException exception)
        {
            throw new InvalidOperationException($"The template {file ?? name} cannot be used: {exception.Message}", exception);
        }
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(s_assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
