using System.Collections.Frozen;

namespace Orleans.Sessions.Gateway.Errors;

/// <summary>
/// The German texts of the error table, by the English ones. Several rows share a text. Names of fields and codes of RFCs stay as they are,
/// because programs read them.
/// </summary>
internal static partial class GermanTexts
{
    public static readonly FrozenDictionary<string, string> All = General
        .Concat(Resources)
        .Concat(Fields)
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static Dictionary<string, string> General =>
        new(StringComparer.Ordinal)
        {
            ["auth header missing"] = "Der Authorization-Header fehlt",
            ["invalid auth header"] = "Der Authorization-Header ist ungültig",
            ["Errors.Token.Invalid"] = "Das Token ist ungültig",
            ["A DPoP proof is required: one header DPoP"] = "Ein DPoP-Nachweis ist nötig: ein Header DPoP",
            ["The DPoP proof must be a JWT of the type dpop+jwt with at most 4096 characters"] =
                "Der DPoP-Nachweis muss ein JWT vom Typ dpop+jwt mit höchstens 4096 Zeichen sein",
            ["The DPoP proof must name alg ES256, ES384, RS256 or PS256, and a public jwk of that kind. RSA keys have 2048 to 4096 bits"] =
                "Der DPoP-Nachweis muss als alg ES256, ES384, RS256 oder PS256 nennen und einen öffentlichen jwk dieser Art. "
                + "RSA-Schlüssel haben 2048 bis 4096 Bits",
            ["The DPoP proof must have jti (1 to 200 characters), htm, htu and iat"] =
                "Der DPoP-Nachweis muss jti (1 bis 200 Zeichen), htm, htu und iat haben",
            ["The DPoP proof must name the method (htm) and the address (htu) of this request"] =
                "Der DPoP-Nachweis muss Methode (htm) und Adresse (htu) dieser Anfrage nennen",
            ["The DPoP proof was made too long ago or in the future (iat): make a new one, or set the clock"] =
                "Der DPoP-Nachweis ist zu alt oder aus der Zukunft (iat): Ein neuer ist nötig, oder die Uhr geht falsch",
            ["The DPoP proof must have the hash of the access token (ath)"] =
                "Der DPoP-Nachweis muss den Hash des Access-Tokens haben (ath)",
            ["The DPoP proof is not signed with the key that it names (jwk)"] =
                "Der DPoP-Nachweis ist nicht mit dem Schlüssel signiert, den er nennt (jwk)",
            ["The DPoP proof was used before (jti): make a new one for each request"] =
                "Der DPoP-Nachweis wurde schon verwendet (jti): Jede Anfrage braucht einen neuen",
            ["The DPoP proof must have the nonce that the header DPoP-Nonce of this answer names"] =
                "Der DPoP-Nachweis muss die Nonce haben, die der Header DPoP-Nonce dieser Antwort nennt",
            ["The token is bound to a key: send it as DPoP, with a proof of that key"] =
                "Das Token ist an einen Schlüssel gebunden: Es muss als DPoP gesendet werden, mit einem Nachweis dieses Schlüssels",
            ["The code or token is not bound to the key of the DPoP proof"] =
                "Der Code oder das Token ist nicht an den Schlüssel des DPoP-Nachweises gebunden",
            ["The client must show a TLS client certificate, because its tokens are bound to one"] =
                "Der Client muss ein TLS-Client-Zertifikat vorweisen, weil seine Tokens an eines gebunden sind",
            [
                "The header with the client certificate must have one certificate of at most 16384 characters, by RFC 9440 or as "
                    + "escaped PEM"
            ] =
                "Der Header mit dem Client-Zertifikat muss ein Zertifikat mit höchstens 16384 Zeichen haben, nach RFC 9440 oder als "
                + "maskiertes PEM",
            ["The token is bound to a certificate: send it on a connection with that client certificate"] =
                "Das Token ist an ein Zertifikat gebunden: Es muss über eine Verbindung mit diesem Client-Zertifikat gesendet werden",
            ["invalid audience"] = "Das Token ist nicht für diesen Dienst bestimmt",
            ["No matching permissions found"] = "Dazu fehlt die Berechtigung",
            ["Errors.Session.NotExisting"] = "Die Sitzung gibt es nicht",
            ["Errors.PermissionDenied"] = "Zugriff verweigert",
            ["session expired"] = "Die Sitzung ist abgelaufen",
            ["authentication required"] = "Die Anmeldung fehlt",
            ["insufficient_user_authentication: prove a factor again before you change your own account"] =
                "insufficient_user_authentication: Vor einer Änderung des eigenen Kontos ist ein Faktor erneut nachzuweisen",
            ["mfa required"] = "Ein zweiter Faktor fehlt",
            ["Session does not exist"] = "Die Sitzung gibt es nicht",
            ["Permission denied"] = "Zugriff verweigert",
            ["Session Token is invalid"] = "Das Token der Sitzung ist ungültig",
            ["Session has expired"] = "Die Sitzung ist abgelaufen",
            ["Session already terminated"] = "Die Sitzung ist bereits beendet",
            ["user change not possible"] = "Der Benutzer einer Sitzung kann nicht wechseln",
            ["Session has changed since the expected sequence"] = "Die Sitzung hat sich seit der erwarteten Sequenz geändert",
            ["X-Expected-Sequence must be a number"] = "X-Expected-Sequence muss eine Zahl sein",
            ["name: a device's name can have at most 100 characters, and not only spaces or control characters"] =
                "name: Der Name eines Geräts hat höchstens 100 Zeichen und besteht nicht nur aus Leerzeichen; "
                + "Steuerzeichen sind nicht erlaubt",
            ["User agent is limited to 32 KiB"] = "Der User-Agent darf höchstens 32 KiB haben",
            ["Metadata is limited to 100 keys and 64 KiB"] = "Metadaten haben höchstens 100 Schlüssel und 64 KiB",
            ["Idempotency-Key must have 1 to 200 characters"] = "Idempotency-Key muss 1 bis 200 Zeichen haben",
            ["Idempotency-Key was used with another request"] = "Idempotency-Key wurde schon für eine andere Anfrage verwendet",
            ["The login policy does not allow this factor"] = "Die Anmelderichtlinie erlaubt diesen Faktor nicht",
            ["The user must change the password before it counts as a login"] =
                "Das Passwort muss geändert werden, bevor es als Anmeldung zählt",
            ["User could not be found"] = "Der Benutzer wurde nicht gefunden",
            ["User is not active"] = "Der Benutzer ist nicht aktiv",
            ["User ID missing"] = "Die Benutzer-ID fehlt",
            ["User is locked"] = "Der Benutzer ist gesperrt",
            ["User has not set a password"] = "Der Benutzer hat kein Passwort",
            ["Password is invalid"] = "Das Passwort ist falsch",
            ["An internal error occurred"] = "Ein interner Fehler ist aufgetreten",
            ["The stored password hash takes more memory or time to verify than this service allows: set the password again"] =
                "Der gespeicherte Passwort-Hash braucht zur Prüfung mehr Speicher oder Zeit, als dieser Dienst erlaubt: Das Passwort ist "
                + "neu zu setzen",
            ["Multifactor OTP (OneTimePassword) isn't ready"] = "Das Einmalpasswort ist nicht eingerichtet",
            ["Invalid code"] = "Der Code ist falsch",
            ["This code or a later one was used already: wait for the next one"] =
                "Dieser Code oder ein späterer wurde schon verwendet: auf den nächsten warten",
            ["Recovery codes are not ready for use"] = "Es gibt keine Wiederherstellungscodes",
            ["Invalid recovery code provided"] = "Der Wiederherstellungscode ist falsch",
            ["Session without WebAuthN challenge"] = "Die Sitzung hat keine offene WebAuthn-Abfrage",
            ["Domain must be a host name without scheme, port and path"] = "Die Domain muss ein Hostname ohne Schema, Port und Pfad sein",
            ["WebAuthN begin login failed"] = "Die Anmeldung mit WebAuthn konnte nicht beginnen",
            ["Error on validate login credentials"] = "Die Antwort des Authentifikators ist nicht gültig",
            ["WebAuthN Token could not be found"] = "Der Passkey oder Sicherheitsschlüssel wurde nicht gefunden",
            ["Code is empty"] = "Der Code ist leer",
            ["Code not found"] = "Es gibt keinen offenen Code",
            ["Code is expired"] = "Der Code ist abgelaufen",
            ["Code is invalid"] = "Der Code ist falsch",
            ["Too many password checks are running: try again later"] =
                "Zurzeit laufen zu viele Passwortprüfungen: später erneut versuchen",
            [
                "URL Template is invalid: it must be an absolute http or https URL of at most 200 characters with placeholders such as "
                    + "{{.Code}}"
            ] =
                "Die URL-Vorlage ist ungültig: Sie muss eine absolute http- oder https-URL von höchstens 200 Zeichen "
                + "sein, mit Platzhaltern "
                + "wie {{.Code}}",
            ["URL Template must be an https URL (http only on loopback) at a registered origin"] =
                "Die URL-Vorlage muss eine https-URL (http nur auf dem eigenen Rechner) mit registrierter Herkunft sein",
            ["URL Template is invalid: its placeholders can be {{.Code}}, {{.UserID}}, {{.OrgID}}, and {{.CodeID}} for passkeys"] =
                "Die URL-Vorlage ist ungültig: Erlaubt sind die Platzhalter {{.Code}}, {{.UserID}}, {{.OrgID}} und "
                + "für Passkeys {{.CodeID}}",
            [
                "URL Template is invalid: its placeholders can be {{.Code}}, {{.UserID}}, {{.LoginName}}, {{.DisplayName}}, "
                    + "{{.PreferredLanguage}}, {{.SessionID}}"
            ] =
                "Die URL-Vorlage ist ungültig: Erlaubt sind die Platzhalter {{.Code}}, {{.UserID}}, {{.LoginName}}, {{.DisplayName}}, "
                + "{{.PreferredLanguage}}, {{.SessionID}}",
            ["No e-mail channel is configured: use returnCode"] = "Es ist kein E-Mail-Versand eingerichtet: returnCode verwenden",
            ["No SMS channel is configured: use returnCode"] = "Es ist kein SMS-Versand eingerichtet: returnCode verwenden",
            ["Codes for this user are requested too often: wait before the next request"] =
                "Für diesen Benutzer wurden zu oft Codes verlangt: vor der nächsten Anfrage warten",
            ["This person has reached the daily limit of messages"] = "Diese Person hat die Tagesgrenze an Nachrichten erreicht",
            ["This service has reached its daily limit of messages"] = "Dieser Dienst hat seine Tagesgrenze an Nachrichten erreicht",
            ["List.Query.Invalid"] = "Die Suchbedingung ist ungültig",
            ["provedQuery: a search by proved factors needs userIdQuery or idsQuery"] =
                "provedQuery: Eine Suche nach nachgewiesenen Faktoren braucht userIdQuery oder idsQuery",
            ["The search covers too many service accounts: name a user or an organization"] =
                "Die Suche umfasst zu viele Dienstkonten: einen Benutzer oder eine Organisation nennen",
            ["Limit exceeded"] = "Die Grenze ist überschritten",
            ["queries: a search can have at most 20 conditions, including nested ones"] =
                "queries: Eine Suche hat höchstens 20 Bedingungen, verschachtelte eingeschlossen",
            ["queries: the lists of a search can have at most 1000 values in total"] =
                "queries: Die Listen einer Suche haben zusammen höchstens 1000 Werte",
            ["The database did not finish the search in time: narrow the search, or try again"] =
                "Die Datenbank hat die Suche nicht rechtzeitig beendet: enger suchen oder erneut versuchen",
            ["Counting all matches takes too long: narrow the search, or do not ask for an exact total"] =
                "Alle Treffer zu zählen dauert zu lange: enger suchen oder keine genaue Anzahl verlangen",
            ["Too many searches are running: try again later"] = "Zurzeit laufen zu viele Suchen: später erneut versuchen",
            ["User already exists"] = "Den Benutzer gibt es schon",
            [
                "username: a name can contain letters and digits of any script, ASCII punctuation and single spaces (RFC 8265, "
                    + "UsernameCaseMapped)"
            ] =
                "username: Ein Name besteht aus Buchstaben und Ziffern beliebiger Schrift, ASCII-Satzzeichen und einzelnen Leerzeichen "
                + "(RFC 8265, UsernameCaseMapped)",
            ["username: a name cannot mix letters or digits of these scripts, because they look alike (UTS #39)"] =
                "username: Ein Name mischt keine Buchstaben oder Ziffern dieser Schriften, weil sie einander gleichen (UTS #39)",
            ["username: a name cannot mix right-to-left and left-to-right text (RFC 5893)"] =
                "username: Ein Name mischt keine Schriften verschiedener Laufrichtung (RFC 5893)",
            [
                "userId, organizationId: an id cannot contain spaces or invisible characters, must be normalized "
                    + "(NFC), and cannot be . or .."
            ] =
                "userId, organizationId: Eine ID hat keine Leerzeichen oder unsichtbaren Zeichen, ist normalisiert "
                + "(NFC) und nicht . oder ..",
            ["phone: a number must begin with + and the country code, such as +41791234567, and be possible in that country"] =
                "phone: Eine Nummer beginnt mit + und der Landesvorwahl, wie +41791234567, und muss in diesem Land möglich sein",
            ["email: an address cannot contain spaces or invisible characters"] =
                "email: Eine Adresse hat keine Leerzeichen oder unsichtbaren Zeichen",
            ["email: only a code that is sent to this address can verify it"] =
                "email: Nur ein an diese Adresse gesandter Code kann sie bestätigen",
            ["email: another user has verified this address"] = "email: Ein anderer Benutzer hat diese Adresse bestätigt",
            ["An organization with this id or name already exists"] = "Eine Organisation mit dieser ID oder diesem Namen gibt es schon",
            ["The installation has too many organizations"] = "Die Installation hat zu viele Organisationen",
            ["Metadata list is empty"] = "Die Liste der Metadaten ist leer",
            ["Metadata is invalid: a value is empty"] = "Die Metadaten sind ungültig: Ein Wert ist leer",
            ["Metadata key does not exist"] = "Den Schlüssel gibt es in den Metadaten nicht",
            ["Organisation doesn't exist"] = "Die Organisation gibt es nicht",
            ["Hash encoding is not supported"] = "Diese Form von Hash wird nicht unterstützt",
            ["This hash takes more memory or time to verify than Sessions:Passwords:HashMemoryMiB and HashTime allow"] =
                "Dieser Hash braucht zur Prüfung mehr Speicher oder Zeit, als Sessions:Passwords:HashMemoryMiB und HashTime erlauben",
            ["Password is too short"] = "Das Passwort ist zu kurz",
            ["Password must contain a lower case letter"] = "Das Passwort braucht einen Kleinbuchstaben",
            ["Password must contain an upper case letter"] = "Das Passwort braucht einen Großbuchstaben",
            ["Password must contain a digit"] = "Das Passwort braucht eine Ziffer",
            ["Password must contain a symbol"] = "Das Passwort braucht ein Sonderzeichen",
            ["Password is one of the most common ones"] = "Das Passwort ist eines der häufigsten",
            ["Password consists mostly of names of the person, the organization or the product"] =
                "Das Passwort besteht fast nur aus Namen der Person, der Organisation oder des Produkts",
            ["Password appears in a known data breach"] = "Das Passwort ist aus einem Datenleck bekannt",
            ["Password could not be compared with breached ones: try again"] =
                "Das Passwort konnte nicht mit denen aus Datenlecks verglichen werden: erneut versuchen",
            ["User is not locked"] = "Der Benutzer ist nicht gesperrt",
            ["User is initial: it can only be deleted"] = "Der Benutzer ist noch nicht eingerichtet: Er kann nur gelöscht werden",
            ["User is already inactive"] = "Der Benutzer ist bereits inaktiv",
            ["User is not inactive"] = "Der Benutzer ist nicht inaktiv",
            ["Email has not changed"] = "Die E-Mail-Adresse ist unverändert",
            ["Email is already verified"] = "Die E-Mail-Adresse ist bereits bestätigt",
            ["User has no phone number"] = "Der Benutzer hat keine Telefonnummer",
            ["Phone is already verified"] = "Die Telefonnummer ist bereits bestätigt",
            ["User is already initialised"] = "Der Benutzer ist bereits eingerichtet",
            ["User is not initialised"] = "Der Benutzer ist noch nicht eingerichtet",
            ["New password is the same as the old one"] = "Das neue Passwort gleicht dem alten",
            ["Password reset code not found"] = "Es gibt keinen Code zum Zurücksetzen des Passworts",
            ["Multifactor OTP (OneTimePassword) is already set up"] = "Das Einmalpasswort ist bereits eingerichtet",
            ["Multifactor OTP (OneTimePassword) doesn't exist"] = "Ein Einmalpasswort gibt es nicht",
            ["TOTP secret must be base32 of 10 to 64 bytes"] = "Das TOTP-Geheimnis muss Base32 von 10 bis 64 Bytes sein",
            ["Count must be 1 to 10"] = "Die Anzahl muss 1 bis 10 sein",
            ["A user can have at most 10 recovery codes"] = "Ein Benutzer hat höchstens 10 Wiederherstellungscodes",
            ["Error on parsing credential"] = "Die Antwort des Authentifikators ist nicht lesbar",
            ["Error on creating credential"] = "Der Passkey oder Sicherheitsschlüssel konnte nicht angelegt werden",
            ["User has too many passkeys and security keys"] = "Der Benutzer hat zu viele Passkeys und Sicherheitsschlüssel",
            ["The relying party does not accept this authenticator: its model, or what it says about itself"] =
                "Die Anwendung nimmt diesen Authentifikator nicht an: sein Modell oder was er über sich sagt",
            ["Phone is not verified"] = "Die Telefonnummer ist nicht bestätigt",
            ["Email is not verified"] = "Die E-Mail-Adresse ist nicht bestätigt",
            ["User is not a machine"] = "Der Benutzer ist kein Dienstkonto",
            ["Expiration date must be in the future"] = "Das Ablaufdatum muss in der Zukunft liegen",
            ["Token not found"] = "Das Token wurde nicht gefunden",
            ["User has too many personal access tokens"] = "Der Benutzer hat zu viele persönliche Zugangstokens",
            ["Users cannot lock, unlock, deactivate or reactivate themselves"] =
                "Benutzer können sich nicht selbst sperren, entsperren, deaktivieren oder reaktivieren",
            ["Users cannot remove their own last role"] = "Benutzer können sich ihre letzte Rolle nicht selbst nehmen",
            ["This is the last active user with IAM_OWNER and a credential: the user must stay active and keep the role and a credential"] =
                "Dies ist der letzte aktive Benutzer mit IAM_OWNER und einem Zugang: Er muss aktiv bleiben und die Rolle und einen Zugang "
                + "behalten",
            ["Role is not known or not valid for this resource"] = "Die Rolle ist unbekannt oder gilt nicht für diese Ressource",
            ["User is already an administrator of this resource"] = "Der Benutzer verwaltet diese Ressource bereits",
            ["Administrator not found"] = "Der Verwalter wurde nicht gefunden",
            ["A change of the issuer or of the token endpoint needs the client secret"] =
                "Ein anderer Aussteller oder Token-Endpunkt braucht das Client-Geheimnis",
            ["Identity provider doesn't exist"] = "Den Identitätsanbieter gibt es nicht",
            ["Identity provider is of another kind"] = "Der Identitätsanbieter ist von anderer Art",
            ["The configuration defines this identity provider (Sessions:IdentityProviders): change it there"] =
                "Dieser Identitätsanbieter steht in der Konfiguration (Sessions:IdentityProviders): dort ändern",
            ["Too many identity providers"] = "Es gibt zu viele Identitätsanbieter",
            ["The identity provider is unreachable, or its answer is unusable"] =
                "Der Identitätsanbieter ist nicht erreichbar, oder seine Antwort ist unbrauchbar",
            ["The identity provider cannot be reached"] = "Der Identitätsanbieter ist nicht erreichbar",
            ["The identity provider calls itself by another issuer than the registered one"] =
                "Der Identitätsanbieter nennt einen anderen Aussteller als den registrierten",
            ["The id token of the identity provider is for another client (aud)"] =
                "Das ID-Token des Identitätsanbieters ist für einen anderen Client (aud)",
            ["The id token of the identity provider has expired, or is not valid yet (exp, nbf): the clocks may differ"] =
                "Das ID-Token des Identitätsanbieters ist abgelaufen oder gilt noch nicht (exp, nbf): Die Uhren gehen wohl verschieden",
            ["The id token of the identity provider is not signed with one of its published keys, by an algorithm that is accepted here"] =
                "Das ID-Token des Identitätsanbieters ist nicht mit einem seiner veröffentlichten Schlüssel und einem hier erlaubten "
                + "Verfahren signiert",
            ["The id token of the identity provider is of another login (nonce)"] =
                "Das ID-Token des Identitätsanbieters gehört zu einer anderen Anmeldung (nonce)",
            ["The identity provider refused the code of the login, or the client id or client secret of this service"] =
                "Der Identitätsanbieter hat den Code der Anmeldung abgelehnt, oder Client-ID oder Client-Geheimnis dieses Dienstes",
            ["Success URL must be an absolute http or https URL"] = "Die Erfolgs-URL muss eine absolute http- oder https-URL sein",
            ["Failure URL must be an absolute http or https URL"] = "Die Fehler-URL muss eine absolute http- oder https-URL sein",
            ["Success URL must be an https URL (http only on loopback) at a registered origin"] =
                "Die Erfolgs-URL muss eine https-URL (http nur auf dem eigenen Rechner) mit registrierter Herkunft sein",
            ["Failure URL must be an https URL (http only on loopback) at a registered origin"] =
                "Die Fehler-URL muss eine https-URL (http nur auf dem eigenen Rechner) mit registrierter Herkunft sein",
            ["The login has already been started"] = "Die Anmeldung hat bereits begonnen",
            ["State of the login is missing"] = "Der Zustand der Anmeldung fehlt",
            ["Login is not known"] = "Die Anmeldung ist unbekannt",
            ["Login was finished already"] = "Die Anmeldung ist bereits beendet",
            ["The login took too long"] = "Die Anmeldung hat zu lange gedauert",
            ["The identity provider refused the login"] = "Der Identitätsanbieter hat die Anmeldung abgelehnt",
            ["The login belongs to another browser"] = "Die Anmeldung gehört zu einem anderen Browser",
            ["Another caller started the login"] = "Ein anderer Aufrufer hat die Anmeldung begonnen",
            ["Intent Token is invalid"] = "Das Token des Vorgangs ist ungültig",
            ["Intent has not succeeded"] = "Der Vorgang ist nicht erfolgreich beendet",
            ["Intent has expired"] = "Der Vorgang ist abgelaufen",
            ["Intent meant for another user"] = "Der Vorgang gehört zu einem anderen Benutzer",
            ["Identity provider does not allow linking"] = "Der Identitätsanbieter erlaubt keine Verknüpfungen",
            ["Identity provider does not allow new users"] = "Der Identitätsanbieter erlaubt keine neuen Benutzer",
            ["External identity is linked to another user"] = "Die externe Identität ist mit einem anderen Benutzer verknüpft",
            ["Link doesn't exist"] = "Die Verknüpfung gibt es nicht",
            ["User has too many links"] = "Der Benutzer hat zu viele Verknüpfungen",
            ["Auth Request could not be found"] = "Die Anmeldeanfrage wurde nicht gefunden",
            ["Auth Request does not exist"] = "Die Anmeldeanfrage gibt es nicht",
            ["Auth Request has already been handled"] = "Die Anmeldeanfrage ist bereits erledigt",
            ["Auth Request has no code, or it was used or has expired"] =
                "Die Anmeldeanfrage hat keinen Code, oder er wurde verwendet oder ist abgelaufen",
            ["insufficient_user_authentication: the session has proved no factor"] =
                "insufficient_user_authentication: In der Sitzung ist kein Faktor nachgewiesen",
            ["insufficient_user_authentication: the login is older than max_age: prove a factor again"] =
                "insufficient_user_authentication: Die Anmeldung ist älter als max_age: einen Faktor erneut nachweisen",
            ["insufficient_user_authentication: the request asks for a new login (prompt=login, ForceAuthn): prove a factor again"] =
                "insufficient_user_authentication: Die Anfrage verlangt eine neue Anmeldung (prompt=login, ForceAuthn): einen Faktor "
                + "erneut nachweisen",
            ["insufficient_user_authentication: acr aal2 needs a second factor of another kind, or a passkey"] =
                "insufficient_user_authentication: acr aal2 braucht einen zweiten Faktor anderer Art oder einen Passkey",
            ["insufficient_user_authentication: acr phr needs a passkey, or a security key beside another factor"] =
                "insufficient_user_authentication: acr phr braucht einen Passkey oder einen Sicherheitsschlüssel "
                + "neben einem anderen Faktor",
            [
                "insufficient_user_authentication: acr aal3 needs a key in certified hardware that verified the person, "
                    + "and that was used lately"
            ] =
                "insufficient_user_authentication: acr aal3 braucht einen Schlüssel in zertifizierter Hardware, der die Person geprüft hat "
                + "und vor Kurzem benutzt wurde",
            ["insufficient_user_authentication: the login policy requires a second factor"] =
                "insufficient_user_authentication: Die Anmelderichtlinie verlangt einen zweiten Faktor",
            ["login_required: the request names another user (id_token_hint, Subject)"] =
                "login_required: Die Anfrage nennt einen anderen Benutzer (id_token_hint, Subject)",
            ["insufficient_user_authentication: the person must verify the e-mail address before a login"] =
                "insufficient_user_authentication: Vor der Anmeldung ist die E-Mail-Adresse zu bestätigen",
            ["insufficient_user_authentication: the session has not proved all methods that were asked for"] =
                "insufficient_user_authentication: In der Sitzung sind nicht alle verlangten Verfahren nachgewiesen",
            ["The session behind the grant has ended"] = "Die Sitzung hinter der Berechtigung ist beendet",
            ["The refresh token is unknown, used, revoked or expired"] =
                "Das Refresh-Token ist unbekannt, verwendet, widerrufen oder abgelaufen",
            ["Device Authorization could not be found"] = "Die Geräteanmeldung wurde nicht gefunden",
            ["Device Authorization has already been handled"] = "Die Geräteanmeldung ist bereits erledigt",
            ["The person has not decided yet"] = "Die Person hat noch nicht entschieden",
            ["The device asks too often: wait longer between two requests"] =
                "Das Gerät fragt zu oft: zwischen zwei Anfragen länger warten",
            ["The person has refused"] = "Die Person hat abgelehnt",
            ["The device code has expired"] = "Der Gerätecode ist abgelaufen",
            ["The device code is unknown or was used"] = "Der Gerätecode ist unbekannt oder wurde verwendet",
            ["The return address of the request is no longer registered"] = "Die Rücksprungadresse der Anfrage ist nicht mehr registriert",
            ["Client could not be found"] = "Der Client wurde nicht gefunden",
            ["Client already exists"] = "Den Client gibt es schon",
            ["The configuration defines this client (Sessions:Oidc:Clients): change it there"] =
                "Dieser Client steht in der Konfiguration (Sessions:Oidc:Clients): dort ändern",
            ["Too many clients: the maximum is 1000"] = "Es gibt zu viele Clients: Die Höchstzahl ist 1000",
            ["Name the grant or the client to revoke"] = "Die zu widerrufende Berechtigung oder den Client nennen",
            ["User has no secret"] = "Der Benutzer hat kein Geheimnis",
            ["Key not found"] = "Der Schlüssel wurde nicht gefunden",
            ["The public key must be an RSA key of 2048 to 8192 bits in PEM format"] =
                "Der öffentliche Schlüssel muss ein RSA-Schlüssel von 2048 bis 8192 Bit im PEM-Format sein",
            ["User has too many keys"] = "Der Benutzer hat zu viele Schlüssel",
            ["SAML Request does not exist"] = "Die SAML-Anfrage gibt es nicht",
            ["SAML Request has already been handled"] = "Die SAML-Anfrage ist bereits erledigt",
            ["The SAML request has already been accepted"] = "Die SAML-Anfrage wurde bereits angenommen",
            ["The metadata at metadataUrl cannot be used"] = "Die Metadaten unter metadataUrl sind nicht brauchbar",
            ["The service provider has no metadataUrl, so there are no metadata to read again"] =
                "Der Dienst hat keine metadataUrl, also gibt es keine Metadaten, die neu gelesen werden",
            ["No SAML logout waits for this answer"] = "Keine SAML-Abmeldung wartet auf diese Antwort",
            ["The login name has control characters, or white space at its ends: service providers would read another name"] =
                "Der Anmeldename hat Steuerzeichen oder Leerraum am Rand: Dienstanbieter läsen einen anderen Namen",
            ["Service provider could not be found"] = "Der Dienstanbieter wurde nicht gefunden",
            ["Service provider with this id or entity id already exists"] =
                "Einen Dienstanbieter mit dieser ID oder Entity-ID gibt es schon",
            ["The configuration defines this service provider (Sessions:Saml:ServiceProviders): change it there"] =
                "Dieser Dienstanbieter steht in der Konfiguration (Sessions:Saml:ServiceProviders): dort ändern",
            ["Too many service providers: the maximum is 500"] = "Es gibt zu viele Dienstanbieter: Die Höchstzahl ist 500",
            [
                "Metadata must be an EntityDescriptor or EntitiesDescriptor of SAML 2.0: well-formed XML without a DTD, of at most 1 Mi "
                    + "characters and 20000 elements"
            ] =
                "Metadaten müssen ein EntityDescriptor oder EntitiesDescriptor von SAML 2.0 sein: wohlgeformtes XML ohne DTD, mit "
                + "höchstens 1 Mi Zeichen und 20000 Elementen",
            ["This service does not offer this function"] = "Dieser Dienst bietet diese Funktion nicht an",
            ["Too many changes of this session are running: try again later"] =
                "Zurzeit laufen zu viele Änderungen dieser Sitzung: später erneut versuchen",
            ["Too many requests: try again later"] = "Zu viele Anfragen: später erneut versuchen",
            ["A text contains a NUL character or half of a surrogate pair"] =
                "Ein Text enthält ein NUL-Zeichen oder ein halbes Ersatzzeichenpaar",
            ["The storage is not available. The change may have been made or not: read again before you repeat it"] =
                "Der Speicher ist nicht erreichbar. Die Änderung ist vielleicht erfolgt, vielleicht nicht: vor einer "
                + "Wiederholung neu lesen",
            ["The cluster could not answer: try again"] = "Der Cluster konnte nicht antworten: erneut versuchen",
            ["This node cannot answer, because another node may have newer data: try again"] =
                "Dieser Knoten kann nicht antworten, weil ein anderer neuere Daten haben kann: erneut versuchen",
            ["Only a process that holds the master key may call this"] = "Nur ein Prozess mit dem Hauptschlüssel darf dies aufrufen",
            ["This service could not get the keys of the token's issuer"] =
                "Dieser Dienst konnte die Schlüssel des Token-Ausstellers nicht holen",
        };
}
