namespace Orleans.Sessions.Fuzz.Generation;

/// <summary>Texts that often cause errors in services.</summary>
public static class Texts
{
    /// <summary>
    /// Represents half of a surrogate pair, which .NET's encodings cannot hold. It becomes <c>\ud800</c> in JSON and three bytes
    /// elsewhere.
    /// </summary>
    public const char Half = '\uE000';

    /// <summary>A site that nobody has registered. The service must never send a browser there.</summary>
    public const string Evil = "evil.example";

    /// <summary>Markup that no page may contain unescaped.</summary>
    public const string Script = "<script>fuzz()</script>";

    /// <summary>The name of a header that must not appear in an answer.</summary>
    public const string InjectedHeader = "X-Injected";

    private static readonly string[] s_hostile =
    [
        "",
        " ",
        "\0",
        "a\0b",
        "\t",
        "a\nb",
        $"a\r\n{InjectedHeader}: 1",
        "%0d%0aX-Injected:%201",
        "%00",
        "%",
        "%zz",
        "%2F",
        "a/b",
        "../../etc/passwd",
        ".",
        "..",
        "{",
        "}",
        "{{.Code}}",
        "{0}",
        "'",
        "\"",
        "' or '1'='1",
        "'; drop table users; --",
        "\\",
        "\\u0000",
        Script,
        $"\">{Script}",
        "${jndi:ldap://127.0.0.1/a}",
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
        "\u202Eadmin",
        "admin\u200B",
        "e\u0301\u0301\u0301",
        "\uFEFF",
        "\uFFFE",
        "\uFFFF",
        "\u00AD",
        "\u0085",
        "\u2028",
        "ﷺ",
        "İ",
        "ß",
        "Ａdmin",
        "аdmin",
        "😀",
        "👩‍👩‍👧‍👦",
        $"{Half}",
        $"a{Half}b",
        "１２３４５６",
        "١٢٣٤٥٦",
        "-1",
        "0",
        "00",
        "1e3",
        "0x10",
        "2147483648",
        "-9223372036854775809",
        "18446744073709551616",
        "NaN",
        "true",
        "null",
        "[]",
        "[object Object]",
        "__proto__",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "10000-01-01T00:00:00Z",
        "2024-02-30T00:00:00Z",
        "-1s",
        "315576000001s",
        "0.0000000001s",
        "P1D",
        "https://elsewhere.example/",
        "//elsewhere.example",
        "https:\\\\elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[::1",
        "http://a@b@c/",
        "urn:x",
        "mailto:a@example.com",
    ];

    /// <summary>One of these texts, or a very long one.</summary>
    public static string Hostile(Dice dice) =>
        dice.Below(20) switch
        {
            0 => new string('a', dice.Pick([200, 201, 501, 2049, 70_000])),
            1 => string.Concat(Enumerable.Repeat("ü", dice.Pick([101, 201]))),
            2 => string.Concat(Enumerable.Repeat("\u0301", 300)),
            _ => dice.Pick(s_hostile),
        };

    /// <summary>A valid text with a small fault.</summary>
    public static string Spoil(Dice dice, string text)
    {
        var at = dice.Below(text.Length + 1);
        return dice.Below(10) switch
        {
            0 => text[..at],
            1 => text[at..],
            2 => text + text,
            3 => text.ToUpperInvariant(),
            4 => string.Concat(text.Select(character => char.IsAsciiDigit(character) ? (char)('٠' + character - '0') : character)),
            5 => string.Concat(text.Select(character => character is > ' ' and <= '~' ? (char)(character - '!' + '！') : character)),
            6 => $" {text}\n",
            7 when text.Length > 0 => text[..(at == text.Length ? at - 1 : at)]
                + (char)(text[at == text.Length ? at - 1 : at] ^ 1)
                + text[Math.Min(text.Length, at + 1)..],
            _ => text.Insert(at, Hostile(dice)),
        };
    }
}
