using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Passwords;

namespace Orleans.Sessions.Tests.Passwords;

/// <summary>What products export: each string of the table in the README beside the code, made by another program.</summary>
public sealed partial class ProductHashTests : IDisposable
{
    private const string Table = "src/Orleans.Sessions/Passwords/README.md";
    private const string Password = "Pässword1!";
    private const string Horse = "Correct-Horse-7";
    private const string SignerKey = "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==";

    /// <summary>
    /// A product, the form in its row of the table, and a hash with its password. A comment before each names the program that made it.
    /// </summary>
    private static readonly (string Product, string Form, string Password, string Encoded)[] s_hashes =
    [
        // Python: base64 of the bytes that the framework documents, with hashlib.pbkdf2_hmac
        ("ASP.NET Core Identity", "A…", Password, "AAABAgMEBQYHCAkKCwwNDg+xj40wrvul32jIJUC4tAWVc6BPfSDHmRlBe+W1v56UXA=="),
        (
            "ASP.NET Core Identity",
            "AQAAAA…",
            Password,
            "AQAAAAAAAAXcAAAAEAABAgMEBQYHCAkKCwwNDg/FulYcEZolY5f7JWUVBrmHg/Z8NBQld5IoN9AzSt7PNg=="
        ),
        (
            "ASP.NET Core Identity",
            "AQAAAA…",
            Password,
            "AQAAAAEAAAXcAAAAEAABAgMEBQYHCAkKCwwNDg8opheGoYxcXxtnE40W4Je4A0U+mXsKmTTDdew5jICYFg=="
        ),
        (
            "ASP.NET Core Identity",
            "AQAAAA…",
            Password,
            "AQAAAAIAAAXcAAAAEAABAgMEBQYHCAkKCwwNDg+5o53PJ3IhaxrcYsELDEUJtKxUIUjYhZDyJLy74a0ErA=="
        ),
        // From the tests of ASP.NET Core itself
        ("ASP.NET Core Identity", "AQAAAA…", "my password", "AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M"),
        // python3-bcrypt, prefix 2b
        ("Auth0", "$2b$…", Password, "$2b$04$J4ueaEJeGTzpO01YWP777u7a2sGnzTlpj0ZKxtjzYks6QwGpqPpcK"),
        // npm @better-auth/utils 0.5.1, hashPassword; the second password is typed with combining marks
        (
            "Better Auth",
            "…:…",
            Password,
            "e92f421ea50f8155814dccae0edbd388:668e478f8525ccd27cd29842381b6a207c905c6f8a2ad740655810d5736e523dea92c72debb003efe845d6a9b68972156634683ce71bdb2999dee18e9728b05e"
        ),
        (
            "Better Auth",
            "…:…",
            "A\u030angstro\u0308m-1",
            "0eb289050e83a682739c5d67c5fbba06:970811e62ef9d35cde06878ca30b162502834de651dadb3e89fea04b9563a673bf2be86be1ab5faa4b140e9b22b02b521b5516c7bd5450e76154811cb6929075"
        ),
        // python3-bcrypt, prefix 2a
        ("Devise", "$2a$…", Password, "$2a$04$FFU2Ik8H6dZsSJ7I53wD/.TgFGQReAunFA0vjvRq/SA2aQF2xHUVG"),
        // Django 3.2's hashers; scrypt, which came later, with hashlib.scrypt
        ("Django", "pbkdf2_sha256$…", Password, "pbkdf2_sha256$1500$kB3x9QpZ7sYw2LmN4tRv1a$WfCSqDtBOYHPqzckz0R56tl4uv63ilfNEqeE+SJS7IQ="),
        ("Django", "pbkdf2_sha1$…", Password, "pbkdf2_sha1$1500$kB3x9QpZ7sYw$BPzJTm7H1fOwp8NbmYbXjuWNuwo="),
        (
            "Django",
            "argon2$argon2id$…",
            Password,
            "argon2$argon2id$v=19$m=512,t=2,p=2$a0IzeDlRcFo3c1l3MkxtTjR0UnYxYQ$gdc6a+12y7E1WviKNcDlug"
        ),
        ("Django", "bcrypt_sha256$$2b$…", Password, "bcrypt_sha256$$2b$04$RedcQ814cqpS4ywhnShDgeRnCGP8O2YmewHQPaXgmtwm1XouFNZ32"),
        ("Django", "bcrypt$$2b$…", Password, "bcrypt$$2b$04$2mOJ08wWqwjMWzyIJvkJu.sauq2Eoc8xH7boScU/OLbAi2KGrlHIm"),
        (
            "Django",
            "scrypt$…",
            Password,
            "scrypt$1024$kB3x9QpZ7sYw2LmN4tRv1a$8$5$sTCUkzZAp11mIrpeR4d00agsW7hZ9ugUqY0JTQzq2xdsKrYv67/edgJTU+9rRFSWE4uRLlHQzNa979BaEZpccw=="
        ),
        // The example of hashcat's mode 7900; PHP: the same for the MD5 of a password
        ("Drupal 7", "$S$…", "hashcat", "$S$C33783772bRXEx1aCsvY.dqgaaSu76XmVlKrW9Qu8IQlvxHlmzLf"),
        ("Drupal 7", "U$S$…", Password, "U$S$6saltstri4vjHXkTPNgSHO4XGYYjy0/rf8ese1jrVDPsw6DtdBLj"),
        // PHP: password_hash
        ("Drupal 10", "$2y$…", Password, "$2y$04$TXbnkHo6.m2OEPESfSCE7O9/fA8bqsJV8uyD79jIqq9gYwYlM7PYm"),
        // The sample of firebase/scrypt; npm firebase-scrypt 2.2.0, also with the URL-safe base64 of the Admin SDK
        (
            "Firebase",
            "$firebasescrypt$ln=14,r=8$…$…$…$…",
            "user1password",
            $"$firebasescrypt$ln=14,r=8$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$Bw==${SignerKey}"
        ),
        (
            "Firebase",
            "$firebasescrypt$ln=14,r=8$…$…$…$…",
            Password,
            $"$firebasescrypt$ln=14,r=8$42xEC-ixf3L2lw==$6VoZ7wS48NOB5ZwMH6i9j0gDdtjUsb6szS3PQmYr6x7OJFVs1ZuAjiI9ULLrL-SahVOYYsF4ilyFrkM00Jqyew==$Bw==${SignerKey}"
        ),
        // htpasswd -nbm, -nbs, -nbB -C 4, -nb2 -r 1000, -nb5 -r 1000
        ("htpasswd", "$apr1$…", Password, "$apr1$HSO8CAIK$P1zEqMi4ZMiadae0/3Wtf1"),
        ("htpasswd", "{SHA}…", Password, "{SHA}kL9inqFZvFxMGZfJe3VDgIgASqA="),
        ("htpasswd", "$2y$…", Password, "$2y$04$g1p.9GWczAauqurnwGyr5ubvXEQQ4XG8zVs7GaVFaCdHgxL1E54.i"),
        ("htpasswd", "$5$…", Password, "$5$rounds=1000$icgvVtWvmaDkEJnt$i3ukdq48/dqiFMJH1v8nyp0JnxjpKSkesvwpi1Lh3GA"),
        (
            "htpasswd",
            "$6$…",
            Password,
            "$6$rounds=1000$hPJB7dddlArcnr8g$2HoNDni3NbV54ormlkMoGaWiUTjbcrHjvEOLNLLdgFZbCpekFeUxQjsu.vXk7X7uVemqGDtIJUtbSEUf/9hUq/"
        ),
        // kc.sh export of Keycloak 26.7; SHA-1 and the long hash of older ones with hashlib.pbkdf2_hmac
        (
            "Keycloak",
            "$argon2id$v=19$m=…,t=…,p=…$…$…",
            Horse,
            "$argon2id$v=19$m=7168,t=5,p=1$zgueAqa5wsRoTi/bmA8ToA==$CPJnbxIA6c2zdjwba/zlgyiwKhC9sztMFpEeg+mGb7Y="
        ),
        (
            "Keycloak",
            "$pbkdf2-sha256$…$…$…",
            Horse,
            "$pbkdf2-sha256$27500$7lPe+oFz53lgaOLCOvzQcQ==$e6hJX8eQGZKFJde5nGJ7jIi14Dp/WtNIEtcYdQ2fdVc="
        ),
        (
            "Keycloak",
            "$pbkdf2-sha256$…$…$…",
            Password,
            "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$+pq1tRn2hayqwVN+uoQ+9hSwf0Yy+kAhPaFH0LehG8GwnVSH+uHibh9rg+WRa9rYNNxXhojljDX0iF9K0MBTcg=="
        ),
        (
            "Keycloak",
            "$pbkdf2-sha512$…$…$…",
            Horse,
            "$pbkdf2-sha512$27500$2G5w2REcXByP6adpqCg/vg==$wwmEQeUHygq/3sRn+/N40PEkGV80qmgIwbk67KsaCiiwwqOLMhrwiAatAKgToHbpObWWN71VXq3BuuYb3mhNRw=="
        ),
        (
            "Keycloak",
            "$pbkdf2$…$…$…",
            Password,
            "$pbkdf2$1000$AAECAwQFBgcICQoLDA0ODw==$sY+NMK77pd9oyCVAuLQFlXOgT30gx5kZQXvltb+elFzf74lSvLMARNaYF1grxXYn3rv9QKFwcfz8g5A/4V58DQ=="
        ),
        // PHP: password_hash
        ("Laravel", "$2y$…", Password, "$2y$05$09wb7slDARs8JHVwS3i2W.mjbfQ9LJp92fSVq4r7sMlIHEjnQy9t6"),
        (
            "Laravel",
            "$argon2id$…",
            Password,
            "$argon2id$v=19$m=1024,t=2,p=2$c0kzZy9SUXZ0bkFYeU54Sg$KoqdXeTDuIE9bTNOZydQrNgZ2QgUbQ2bkylgA8WcsIU"
        ),
        (
            "Laravel",
            "$argon2i$…",
            Password,
            "$argon2i$v=19$m=1024,t=2,p=1$dnV3NDUvVmNSc095b0lxZQ$6Oo0mEGEf/rs4UoxbNQ7b6kmlc36ObaqGlqOUXsPbrc"
        ),
        // slappasswd of OpenLDAP 2.5, with its modules pw-sha2, pw-pbkdf2 and argon2
        ("LDAP", "{SSHA}…", Password, "{SSHA}2ezfyGzuGz916M1m645GEMvjkeZixbd0"),
        ("LDAP", "{SHA}…", Password, "{SHA}kL9inqFZvFxMGZfJe3VDgIgASqA="),
        ("LDAP", "{SMD5}…", Password, "{SMD5}XIUfYFrnH/xg9bWbPxtriD8clQo="),
        ("LDAP", "{MD5}…", Password, "{MD5}ipDNlRsdjkc9TVAjEcSLHg=="),
        ("LDAP", "{SSHA256}…", Password, "{SSHA256}GOCVgRwAoumHVqP0gUvAg65Hlt7dnBZv9w/y1vgmwyD/HEAqoPpQpQ=="),
        ("LDAP", "{SSHA384}…", Password, "{SSHA384}0sWODxuImqvSTCznzfXhZP2TYlj18HMcd4t+vsGWfQ9ZZBXVk2YiTgNQe9d+znFwpWyLCH/jdho="),
        (
            "LDAP",
            "{SSHA512}…",
            Password,
            "{SSHA512}8t1TELqoUxeT2fSD59pu3Pa+nRLT9AH1QVQ8cFLy704eTsFMbUdDkuiZ+JSN5P+C/g4fccXsKtT4pPkq2HzSzBLQF3e1OhQj"
        ),
        ("LDAP", "{SHA256}…", Password, "{SHA256}rak3h/sUxKH+gguiKOKXH730dsAsB126EzxrB+/+uHY="),
        ("LDAP", "{SHA384}…", Password, "{SHA384}epuRfl5SBVnuJL4xwXAnprwIX/+3bBP6BCcs3DFTwIc+THrPRhWhWVXaHVevhHT2"),
        ("LDAP", "{SHA512}…", Password, "{SHA512}wLtq+XZbaYCUodK8cNqvld+kNxZonilZ7BZnVMNL3nQMUBA1aULOk2KFjmkiPDLXr6YdNHA5+2i9xda4bsdsxA=="),
        ("LDAP", "{PBKDF2}…", Password, "{PBKDF2}10000$H5W07tcR0F9g56i20JmopA$Hn5p3W/fVJXklxoyBHnG79.j3N4"),
        ("LDAP", "{PBKDF2-SHA1}…", Password, "{PBKDF2-SHA1}10000$iHeWcso/DxIqV/3uS8kYaQ$3f9os.cjM0BVtubwwAXAq./UdyA"),
        ("LDAP", "{PBKDF2-SHA256}…", Password, "{PBKDF2-SHA256}10000$.XrbYCC30TwysRjUvPNPtg$fuAlNRzjt3DlwFbDt9dYC7V2MpjM9fIhOAkLl5tqzlQ"),
        (
            "LDAP",
            "{PBKDF2-SHA512}…",
            Password,
            "{PBKDF2-SHA512}10000$jy0NBZFCs9TlSHlpIx.ypQ$nnlW4K3kN4oyR5TzuwFVPjd6nuFUWZDqAOYwVqd6XVKb49imBIUPvxVRC//yta2z9XBvhy3slXc3aAtQYiEqeA"
        ),
        (
            "LDAP",
            "{ARGON2}$argon2…",
            Password,
            "{ARGON2}$argon2i$v=19$m=1024,t=3,p=1$rLsTW0LFyBRfzbEzoaS3ww$v5eMN1lZNU5D4hF6fkQAW7/n3UMAZVnE1MKI3EcRVig"
        ),
        (
            "LDAP",
            "{CRYPT}$…",
            Password,
            "{CRYPT}$6$rounds=1000$lu6q/Ms5fcPw$7SzFDyayxvt1ZTFBUojGic/cL7ManlEQqFAtjxgTUU/ciip4pdRhP5SaS5CyE63HVB08HXJnkLABfJjxrchVI."
        ),
        // passlib.hash.ldap_sha256_crypt and ldap_md5_crypt; mkpasswd -m yescrypt -R 1 behind {CRYPT}
        ("LDAP", "{CRYPT}$…", Password, "{CRYPT}$5$rounds=1000$KpZR3951WlwGtXa4$H5kOtB7wahm/3K7XuI4vPqSt9/Txs9RGQHzclw04NZ8"),
        ("LDAP", "{CRYPT}$…", Password, "{CRYPT}$1$4RUV8qOC$3IWqAJbuw.1mUIp1CKfgZ."),
        ("LDAP", "{CRYPT}$…", Password, "{crypt}$y$j75$I3ugOg3a191eT155aRWG20$k91YRP.LHV0.KFnBwxHLcJ7gCGA4/c59arIUCYiPTZ8"),
        // mkpasswd -m yescrypt, -m yescrypt -R 1, -m scrypt -R 6, -m sha-256 -R 1000; openssl passwd -6 and -1
        ("Linux", "$y$…", Password, "$y$j9T$AZiJdee8kTJDlfi0Gm7ho1$qV5Carb4kMEONbVDVqk/aB1znL.EVKU3ceJaZt6NvkA"),
        ("Linux", "$y$…", Password, "$y$j75$I3ugOg3a191eT155aRWG20$k91YRP.LHV0.KFnBwxHLcJ7gCGA4/c59arIUCYiPTZ8"),
        ("Linux", "$7$…", Password, "$7$BU..../....dX821OhMZ1vImZgx0DHs31$xPzGr8PdFpXeIBnELteRe2rJ//R1OHV7kYxlMAejp47"),
        ("Linux", "$5$…", Password, "$5$rounds=1000$qo10o3I54uTgCxgQ$mIq6Qb6szOtIyjAVe2kgfJ6YAweyCRmCsqAJ/xODea9"),
        ("Linux", "$6$…", Password, "$6$saltstring$OVwYu3xQAClu2UES0gWrNB/ru/cOe8Gl9dNCTLb1M6X.Li9yKnbCHzrGgW385JTuk7xC9LFBc5QMSyLfqDHWh."),
        ("Linux", "$1$…", Password, "$1$saltstri$NlOTWm0zERhOefMOvnpXU/"),
        // The admin API of Ory Kratos 1.3
        ("Ory Kratos", "$2a$…", Horse, "$2a$12$AyGjWD8vZF4n/GXgIAdgSu/q2ZXnOzNP0Hc6tHu8Ptc0T9yVDqX6O"),
        // python3-bcrypt, prefix 2a; the tests of Supabase Auth itself
        ("Supabase", "$2a$…", Password, "$2a$04$qOBazL51cZJlK9N4t7N2SOEXjvGfzPLUzb4xSLELJntb8SdZnQ2D2"),
        (
            "Supabase",
            "$fbscrypt$v=1,n=14,r=8,p=1,ss=…,sk=…$…$…",
            "mytestpassword",
            "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14J3MjKj1b2g6AUCAlFwMw==$C0sHCg9ek77hsg==$zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw=="
        ),
        // PHP: password_hash
        ("Symfony", "$2y$…", Password, "$2y$06$gk6g.1z6Exp7YMmBurXgc.r.yik8VFLgUPBbKKcjwvaetl7wBNy3a"),
        (
            "Symfony",
            "$argon2id$…",
            Password,
            "$argon2id$v=19$m=1024,t=4,p=1$R00uaUNxdTlCLjE0Z2Jndw$qj/ajbPKSQiibaJQJbpa2DcwOhWxp8c951a8SRT6Z+w"
        ),
        // PHP, as wp_hash_password of WordPress 6.8 does it; passlib.hash.phpass
        ("WordPress", "$wp$2y$…", Password, "$wp$2y$04$Fp/oG9hNuVeEx5kBB0xI3uvuJaYOxFta2NqNCn.q01pnYW0qX9OfG"),
        ("WordPress", "$P$…", Password, "$P$6O/qsFIl/PCrh.vyZZDdjkCFG2V/TQ."),
        // python3-bcrypt; argon2 -id and -i; passlib.hash.scrypt and pbkdf2_sha256; hashlib.md5
        ("ZITADEL", "$2a$…", Password, "$2a$04$GlOQNrgWMBgS0UkvrA6qWem2h42IGRdPicpIwYPyWK.B0TKBqPDg."),
        (
            "ZITADEL",
            "$argon2id$…",
            Password,
            "$argon2id$v=19$m=8192,t=2,p=4$c29tZXNhbHQxMjM0NTY3OA$ifYYtcoNuc32jqm4NQQ2GpYyMWBHCHIuLCZraAcYHp0"
        ),
        (
            "ZITADEL",
            "$argon2i$…",
            Password,
            "$argon2i$v=19$m=8192,t=3,p=2$c29tZXNhbHQxMjM0NTY3OA$XSoJPOhGnINBNT6ql40+fxtNk/2UEDqNm0gFaR0MrFM"
        ),
        ("ZITADEL", "$scrypt$…", Password, "$scrypt$ln=14,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$oHnrBa5W68nDObGtztO0lk83h/KOUztgO7k+tr5aBjA"),
        ("ZITADEL", "$pbkdf2-sha256$…", Password, "$pbkdf2-sha256$1000$c2FsdHNhbHRzYWx0//777w$1Lz/WHsyUr0Qd/Ke4yl8D84VIPeHIXZy77tTVXba1QA"),
        ("ZITADEL", "$md5salted-suffix$…", Password, "$md5salted-suffix$pepper$S3wPwrm2LZDxf3aXH8bEQQ=="),
    ];

    private readonly PasswordHashingPool _pool;
    private readonly PasswordHashing _hashing;

    public ProductHashTests()
    {
        var options = Options.Create(new PasswordHashingOptions { Threads = 1, ForeignThreads = 1 });
        _pool = new PasswordHashingPool(options, new FakeTimeProvider());
        _hashing = new PasswordHashing(new PasswordHasher(options), _pool, options);
    }

    public void Dispose() => _pool.Dispose();

    /// <summary>Passwords and hashes.</summary>
    public static TheoryData<string, string> Hashes => new(s_hashes.Select(hash => (hash.Password, hash.Encoded)));

    /// <summary>ASP.NET Core's own code makes these, with its default costs.</summary>
    [Theory]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV2)]
    [InlineData(PasswordHasherCompatibilityMode.IdentityV3)]
    public Task What_AspNet_Core_Identity_stores_is_verified(PasswordHasherCompatibilityMode mode)
    {
        var options = Options.Create(new PasswordHasherOptions { CompatibilityMode = mode });
        return IsVerifiedAsync(Password, new PasswordHasher<string>(options).HashPassword("user", Password));
    }

    [Theory]
    [MemberData(nameof(Hashes))]
    public Task What_a_product_exports_is_imported_and_verifies_its_password_and_no_other(string password, string encoded) =>
        IsVerifiedAsync(password, encoded);

    [Fact]
    public void The_table_has_the_strings_that_are_tested_and_no_others() =>
        Assert.Equal(
            s_hashes.Select(hash => $"{hash.Product}: {hash.Form}").Distinct().Order(StringComparer.Ordinal),
            Rows().SelectMany(row => row.Forms.Select(form => $"{row.Product}: {form}")).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Each_tested_string_has_the_form_that_the_table_shows() =>
        Assert.DoesNotContain(s_hashes, hash =>
            !Regex.IsMatch(hash.Encoded, $"(?i)^{Regex.Escape(hash.Form).Replace("…", ".+", StringComparison.Ordinal)}$")
        );

    private static IEnumerable<(string Product, IEnumerable<string> Forms)> Rows() =>
        from line in Checkout
            .Read(Table)
            .Split('\n')
            .SkipWhile(text => !text.StartsWith("| product |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(text => text.StartsWith('|'))
        let cells = line.Split('|')
        select (cells[1].Trim(), Code().Matches(cells[2]).Select(match => match.Groups[1].Value));

    private async Task IsVerifiedAsync(string password, string encoded)
    {
        _hashing.EnsureImportable(encoded);
        Assert.Equal(PasswordVerification.VerifiedNeedsRehash, await _hashing.VerifyAsync("user", encoded, password, default));
        Assert.Equal(PasswordVerification.Failed, await _hashing.VerifyAsync("user", encoded, password + "x", default));
        Assert.Equal(PasswordVerification.Failed, await _hashing.VerifyAsync("user", encoded, "", default));
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
