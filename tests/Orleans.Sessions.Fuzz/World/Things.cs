using Orleans.Sessions.Fuzz.Generation;

namespace Orleans.Sessions.Fuzz.World;

/// <summary>The kinds of names that requests can contain.</summary>
public enum Thing
{
    User,
    LoginName,
    Organization,
    Session,
    SessionToken,
    Client,
    ServiceProvider,
    Provider,
    AuthRequest,
    SamlRequest,
    Device,
    UserCode,
    Intent,
    IntentToken,
    IntentState,
    VerificationCode,
    AccessTokenId,
    KeyId,
    CredentialId,
    AuthorizationCode,
    DeviceCode,
    RefreshToken,
    AccessToken,
    IdToken,
    ClientSecret,
    RequestUri,
    SamlMessage,
}

/// <summary>The names that a caller may put into requests, the latest of each kind.</summary>
/// <param name="more">Further known names.</param>
/// <param name="isAttackers">Whether the secrets among those names stay unknown.</param>
public sealed class Things(Things? more = null, bool isAttackers = false)
{
    private const int Latest = 12;

    private static readonly HashSet<Thing> s_secrets =
    [
        Thing.SessionToken,
        Thing.IntentToken,
        Thing.VerificationCode,
        Thing.AuthorizationCode,
        Thing.DeviceCode,
        Thing.RefreshToken,
        Thing.AccessToken,
        Thing.IdToken,
        Thing.ClientSecret,
    ];

    private readonly Dictionary<Thing, List<string>> _kept = [];
    private readonly Dictionary<Thing, List<string>> _latest = [];

    /// <summary>Whether these are the names of an attacker.</summary>
    public bool IsAttackers => isAttackers;

    /// <summary>Adds a name that stays.</summary>
    public Things Keep(Thing thing, string name)
    {
        Of(_kept, thing).Add(name);
        return this;
    }

    /// <summary>Adds a name that is dropped after enough newer ones.</summary>
    public void Add(Thing thing, string name)
    {
        var names = Of(_latest, thing);
        names.Add(name);
        if (names.Count > Latest)
        {
            names.RemoveAt(0);
        }
    }

    /// <summary>A name of something that exists, or existed; <c>null</c> if none is known.</summary>
    public string? Pick(Dice dice, Thing thing)
    {
        List<string> own = [.. Of(_kept, thing), .. Of(_latest, thing)];
        var other = isAttackers && s_secrets.Contains(thing) ? null : more?.Pick(dice, thing);
        return own.Count > 0 && (other is null || dice.Chance(0.5)) ? dice.Pick(own) : other;
    }

    private static List<string> Of(Dictionary<Thing, List<string>> names, Thing thing) =>
        names.TryGetValue(thing, out var list) ? list : names[thing] = [];
}
