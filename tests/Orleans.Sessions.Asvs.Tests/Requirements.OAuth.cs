namespace Orleans.Sessions.Asvs.Tests;

/// <content>V10.</content>
public static partial class Requirements
{
    private const string NoConsent =
        "There is no consent page: applications are registered by administrators, who decide for their " + "people, as in ZITADEL.";

    private static readonly Requirement[] s_oauth =
    [
        new("10.1.1", 2, "Tokens go only to who needs them"),
        new("10.1.2", 2, "As a client: answers count only in the browser and the login that asked for them, by secrets that nobody guesses")
        {
            Gap =
                "In part: state, nonce and PKCE are specific to the login, but bound to the browser only where that is asked for. "
                + "`Sessions:Intents:BindToBrowser=true` meets it.",
        },
        new("10.2.1", 2, "As a client: PKCE or state against request forgery"),
        new("10.2.2", 2, "As a client of several providers: a defence against mix-up"),
        new("10.3.1", 2, "An API takes only access tokens that are meant for it"),
        new("10.3.2", 2, "An API decides by the scopes of the token, too")
        {
            Gap =
                "A token that has this API as its audience has all the rights of its person; there are no narrower scopes, as in "
                + "ZITADEL. The audience is given only to clients that "
                + "are registered for it.",
        },
        new("10.3.3", 2, "A person is known by claims that are never given to another"),
        new("10.3.4", 2, "An API verifies strength and recency where it wants them"),
        new("10.4.1", 1, "Redirect addresses are compared exactly with the client's list")
        {
            Note = "A public client chooses its port of loopback (RFC 8252 section 7.3).",
        },
        new("10.4.2", 1, "A code is good once; a second use revokes what came of it"),
        new("10.4.3", 1, "Codes live 10 minutes at most") { Note = "One minute." },
        new("10.4.4", 1, "A client uses only its grants; implicit and password are not there"),
        new("10.4.5", 1, "Replayed refresh tokens of public clients revoke their family"),
        new("10.4.6", 2, "PKCE with S256 is demanded")
        {
            Gap =
                "Of public clients always; of confidential ones only by `requirePkce` or `Sessions:Oidc:RequirePkce=true`, because "
                + "many of them send none. `plain` is refused.",
        },
        new("10.4.7", 2, "Dynamic registration without authentication is kept from doing harm")
        {
            Note = "It is off by default, and nobody registers without a token that an administrator made.",
        },
        new("10.4.8", 2, "Refresh tokens end, however much they are used"),
        new("10.4.9", 2, "People can revoke refresh and reference tokens") { Note = "By calls; the page is the frontend's." },
        new("10.4.10", 2, "Confidential clients prove who they are at every call"),
        new("10.4.11", 2, "A client gets only the scopes it is registered for"),
        new("10.5.1", 2, "As a client: replayed id tokens are refused (nonce)"),
        new("10.5.2", 2, "As a client: a person is known by the subject"),
        new("10.5.3", 2, "As a client: metadata of another issuer are refused"),
        new("10.5.4", 2, "As a client: id tokens for somebody else are refused"),
        new("10.5.5", 2, "As a client: logout tokens are verified") { Elsewhere = "This service sends logout tokens and takes none." },
        new("10.6.1", 2, "Only safe response types are there, none with a token"),
        new("10.6.2", 2, "Nobody is logged out by a third party"),
        new("10.7.1", 2, "The person consents to each request") { Gap = NoConsent },
        new("10.7.2", 2, "What is consented to is told clearly")
        {
            Gap = $"{NoConsent} Login frontends read client, scopes and hints of a request and can show them.",
        },
        new("10.7.3", 2, "People see, change and take back what they have consented to")
        {
            Gap = "In part: they see what applications hold and take it back; there is no consent to change.",
        },
    ];
}
