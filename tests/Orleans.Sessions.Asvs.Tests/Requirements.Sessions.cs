namespace Orleans.Sessions.Asvs.Tests;

/// <content>V7.</content>
public static partial class Requirements
{
    private const string NoBound =
        "By default a session lives as long, and unused as long, as its request says, or for ever, as in " + "ZITADEL.";

    private static readonly Requirement[] s_sessions =
    [
        new("7.1.1", 2, "The idle and the whole lifetime are documented, and deviations from NIST SP 800-63B justified"),
        new("7.1.2", 2, "How many parallel sessions there may be, and what happens beyond, is documented"),
        new("7.1.3", 2, "All systems of the federation are documented, with how lifetimes and ends go together"),
        new("7.2.1", 1, "Session tokens are verified by the service itself"),
        new("7.2.2", 1, "Session tokens are made for each session, no static keys")
        {
            Note = "Personal access tokens are for services, not for people.",
        },
        new("7.2.3", 1, "Reference tokens are unique, from a CSPRNG, of at least 128 bits") { Note = "192 bits." },
        new("7.2.4", 1, "Each login makes a new token and ends the one before")
        {
            Note =
                "The one before is heard for ten more seconds (`Sessions:Tokens:Grace`), at the level it was issued at, so that a "
                + "double submit strands nobody.",
        },
        new("7.3.1", 2, "Unused sessions end") { Gap = $"{NoBound} `Sessions:MaxIdleTimeout` meets it." },
        new("7.3.2", 2, "Sessions end after a whole lifetime") { Gap = $"{NoBound} `Sessions:MaxLifetime` meets it." },
        new("7.4.1", 1, "After logout or expiry the session cannot be used any more")
        {
            Note = "An API that reads JWT access tokens without asking notices at their expiry.",
        },
        new("7.4.2", 1, "Disabling or deleting an account ends its sessions"),
        new("7.4.3", 2, "Changing a factor offers to end the other sessions"),
        new("7.4.4", 2, "Each page offers logout") { Elsewhere = Frontends },
        new("7.4.5", 2, "Administrators can end the sessions of a person"),
        new("7.5.1", 2, "Changing e-mail, phone or factors takes a full new login")
        {
            Gap =
                "In part: one factor must have been proved within ten minutes, in a session that has proved all that the person "
                + "needs, not every factor anew.",
        },
        new("7.5.2", 2, "People see their sessions and, after proving a factor again, end any of them")
        {
            Gap =
                "In part: they see and end them without proving anything again. Who fears a thief is not to be held up, and ending "
                + "a session gives nobody anything.",
        },
        new("7.6.1", 2, "Lifetimes and ends between relying parties and provider are as documented, with new logins where time is over"),
        new("7.6.2", 2, "A session begins by consent or an explicit act")
        {
            Gap =
                "In part: a login at an external provider is bound to the browser that began it only where that is asked for "
                + "(`bindToBrowser`), because frontends that do not "
                + "forward to this service's own address cannot. `Sessions:Intents:BindToBrowser=true` meets it.",
        },
    ];
}
