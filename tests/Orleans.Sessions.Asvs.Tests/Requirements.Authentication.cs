namespace Orleans.Sessions.Asvs.Tests;

/// <content>V6.</content>
public static partial class Requirements
{
    private static readonly Requirement[] s_authentication =
    [
        new("6.1.1", 1, "The controls against stuffing and brute force, and against malicious lockout, are documented with their settings"),
        new("6.1.2", 2, "A list of words that passwords must not be made of is documented"),
        new("6.1.3", 2, "All ways to log in are documented with their controls and strength"),
        new("6.2.1", 1, "Passwords have 8 characters or more"),
        new("6.2.2", 1, "People can change their password"),
        new("6.2.3", 1, "A change takes the present and the new password")
        {
            Gap =
                "By default a session that has proved the present password within ten minutes sets another one without repeating it, "
                + "because ZITADEL's login page does not ask for it again. `Sessions:Users:RequirePresentPassword=true` meets it.",
        },
        new("6.2.4", 1, "New passwords are compared with the 3000 most common ones that satisfy the policy"),
        new("6.2.5", 1, "Passwords may be composed in any way")
        {
            Gap =
                "By default a password needs a lower and an upper case letter, a digit and a symbol, as in ZITADEL, whose clients "
                + "show these rules. "
                + "`Sessions:PasswordPolicy:RequireLower=false`, `:RequireUpper`, `:RequireDigit`, `:RequireSymbol` meet it.",
        },
        new("6.2.6", 1, "Password fields mask what is typed") { Elsewhere = Frontends },
        new("6.2.7", 1, "Pasting and password managers are allowed") { Elsewhere = Frontends },
        new("6.2.8", 1, "A password is verified exactly as it was typed")
        {
            Note = "Imported bcrypt hashes read 72 bytes, as where they come from, until the first login makes a hash of our own.",
        },
        new("6.2.9", 2, "Passwords may have 64 characters and more"),
        new("6.2.10", 2, "Passwords do not expire") { Note = "Unless `Sessions:PasswordPolicy:MaxAgeDays` is set." },
        new("6.2.11", 2, "The documented words keep easy passwords out"),
        new("6.2.12", 2, "New passwords are compared with breached ones")
        {
            Gap = "Off by default, because a service outside has to be asked. `Sessions:BreachedPasswords:Url` meets it.",
        },
        new("6.3.1", 1, "The documented controls against stuffing and brute force work"),
        new("6.3.2", 1, "There are no default accounts")
        {
            Gap =
                "The first start makes a service account `admin`: somebody must be able to begin. It has no password, only a "
                + "random token in a file of mode 0600; "
                + "SECURITY.md tells to remove it.",
        },
        new("6.3.3", 2, "More than one factor is needed")
        {
            Gap =
                "By default one factor is enough for who has no second one, as in ZITADEL. `Sessions:LoginPolicy:ForceMfa=true`, "
                + "or `minimumAcr` of a client, meets it.",
        },
        new("6.3.4", 2, "There are no undocumented ways to log in, and all are held to the same strength"),
        new("6.4.1", 1, "First passwords and activation codes are random, short-lived or used once, and do not stay the password"),
        new("6.4.2", 1, "There are no password hints and secret questions"),
        new("6.4.3", 2, "A reset of the password does not get around the other factors"),
        new("6.4.4", 2, "Who lost a factor proves who they are as at enrolment")
        {
            Note =
                "A person needs a fresh proof of a session with all factors for both; an administrator needs at least the "
                + "person's rights for both.",
        },
        new("6.5.1", 2, "Recovery codes, codes that are sent, and TOTP are good once"),
        new("6.5.2", 2, "Recovery codes of less than 112 bits are hashed slowly and salted") { Note = "They have 120 bits." },
        new("6.5.3", 2, "Codes and seeds are made by a CSPRNG"),
        new("6.5.4", 2, "Codes have at least 20 bits"),
        new("6.5.5", 2, "Codes that are sent live 10 minutes at most, TOTP 30 seconds")
        {
            Gap =
                "Codes of logins live five minutes. Those for resets and addresses live an hour and invitations three days, "
                + "because mail is slow and people read it late "
                + "(`Sessions:Codes:VerificationLifetime`, `:InviteLifetime`). TOTP also takes the step before and after (RFC 6238 "
                + "section 5.2): 90 seconds.",
        },
        new("6.6.1", 2, "SMS only to proved numbers, beside something stronger, with the risks told")
        {
            Gap =
                "Numbers are proved, and passkeys and apps are offered beside; to tell people of the risks is for login frontends "
                + "and not shown here. "
                + "`Sessions:LoginPolicy:AllowOtpSms=false` forbids SMS.",
        },
        new("6.6.2", 2, "A code that was sent is good only for the request that asked for it"),
        new("6.6.3", 2, "Guessing codes is limited"),
        new("6.8.1", 2, "Nobody is spoofed by another identity provider: provider and subject are the key"),
        new("6.8.2", 2, "Signatures of assertions are always there and right"),
        new("6.8.3", 2, "SAML assertions are taken once") { Elsewhere = "This service issues assertions and takes none." },
        new("6.8.4", 2, "The strength of a login at a provider is verified, or the weakest assumed as documented"),
    ];
}
