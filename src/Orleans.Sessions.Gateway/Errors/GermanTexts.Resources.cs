namespace Orleans.Sessions.Gateway.Errors;

/// <content>Organizations and their domains, settings, projects, authorizations, applications and web keys.</content>
internal static partial class GermanTexts
{
    private static Dictionary<string, string> Resources =>
        new(StringComparer.Ordinal)
        {
            ["Organization not found"] = "Die Organisation wurde nicht gefunden",
            ["Organization not changed"] = "Die Organisation ist unverändert",
            ["Organization is already deactivated"] = "Die Organisation ist bereits deaktiviert",
            ["Organization is already active"] = "Die Organisation ist bereits aktiv",
            ["Default Organization must not be deleted"] = "Die Standardorganisation darf nicht gelöscht werden",
            ["Default Organization must stay active"] = "Die Standardorganisation muss aktiv bleiben",
            ["Organization is deactivated or deleted: nobody can become active in it"] =
                "Die Organisation ist deaktiviert oder gelöscht: Niemand kann in ihr aktiv werden",
            ["The change of the organization is stored, but has not reached all its people yet: repeat the call to wait for it"] =
                "Die Änderung der Organisation ist gespeichert, gilt aber noch nicht für alle ihre Personen: den Aufruf wiederholen, um "
                + "darauf zu warten",
            ["organizationId, orgId: both are set and differ; orgId is deprecated"] =
                "organizationId, orgId: Beide haben einen Wert, aber nicht denselben; orgId ist veraltet",
            ["Invalid domain: must be a DNS name of at least two labels, in ASCII (xn-- for other letters)"] =
                "Die Domain ist ungültig: Sie muss ein DNS-Name aus mindestens zwei Teilen sein, in ASCII (xn-- für andere Buchstaben)",
            ["Domain already exists"] = "Die Domain gibt es schon",
            ["Domain doesn't exist on organization"] = "Die Organisation hat diese Domain nicht",
            ["The organization has 20 domains already"] = "Die Organisation hat bereits 20 Domains",
            ["Domain verification type is invalid"] = "Die Art der Domain-Bestätigung ist ungültig",
            ["Domain is already verified"] = "Die Domain ist bereits bestätigt",
            ["Domain verification not yet started"] = "Die Bestätigung der Domain hat noch nicht begonnen",
            ["Domain verification failed"] = "Die Bestätigung der Domain ist fehlgeschlagen",
            ["Another organization has verified this domain"] = "Eine andere Organisation hat diese Domain bestätigt",
            ["embeddedIframe: the configuration sets Sessions:Presentation:FrameOrigins: change it there"] =
                "embeddedIframe: Die Konfiguration setzt Sessions:Presentation:FrameOrigins: dort ändern",
            ["enableImpersonation: this service issues no token for somebody else"] =
                "enableImpersonation: Dieser Dienst stellt kein Token für jemand anderen aus",
            ["This feature cannot be changed in this service"] = "Diese Funktion lässt sich in diesem Dienst nicht ändern",
            ["loginV2.baseUri: the configuration sets Sessions:Oidc:LoginUri: change it there"] =
                "loginV2.baseUri: Die Konfiguration setzt Sessions:Oidc:LoginUri: dort ändern",
            [
                "loginV2.baseUri must be a path or an https URL (http only on loopback) without query and fragment, "
                    + "of at most 200 characters"
            ] =
                "loginV2.baseUri muss ein Pfad oder eine https-URL (http nur auf dem eigenen Rechner) ohne Query und Fragment sein, von "
                + "höchstens 200 Zeichen",
            ["translations: every value must be a text or an object of such values, at most 8 deep and 64 KiB of JSON in all"] =
                "translations: Jeder Wert muss ein Text oder ein Objekt aus solchen Werten sein, höchstens 8 Ebenen "
                + "tief und zusammen 64 KiB "
                + "JSON",
            ["locale must be a BCP 47 tag such as en or de-CH"] = "locale muss ein Sprachkürzel nach BCP 47 sein, wie en oder de-CH",
            ["There are texts in 50 languages already"] = "Es gibt bereits Texte in 50 Sprachen",
            ["The login policy does not offer this identity provider"] = "Die Anmelderichtlinie bietet diesen Identitätsanbieter nicht an",
            ["The search covers too many administrators: name users (inUserIdsFilter)"] =
                "Die Suche umfasst zu viele Verwalter: Benutzer nennen (inUserIdsFilter)",
            [
                "loginVersion.loginV2.baseUri: its origin must be in Sessions:ReturnAddresses:Origins, or be that of this service or of "
                    + "its login page; only who has oidc.client.write on the instance may name any other"
            ] =
                "loginVersion.loginV2.baseUri: Die Herkunft muss in Sessions:ReturnAddresses:Origins stehen oder die dieses Dienstes oder "
                + "seiner Anmeldeseite sein; nur wer oidc.client.write auf der Instanz hat, darf eine andere nennen",
            ["Project could not be found"] = "Das Projekt wurde nicht gefunden",
            ["A project or client with this id, or a project of the organization with this name, already exists"] =
                "Ein Projekt oder einen Client mit dieser ID oder ein Projekt der Organisation mit diesem Namen gibt es schon",
            ["The organization does not exist, or it owns the project"] = "Die Organisation gibt es nicht, oder ihr gehört das Projekt",
            ["There are 1000 projects already, or 200 roles or grants of the project, or 20000 roles, grants and granted roles in all"] =
                "Es gibt bereits 1000 Projekte, oder 200 Rollen oder Freigaben des Projekts, oder insgesamt 20000 Rollen, Freigaben und "
                + "freigegebene Rollen",
            ["The organization that owns or gives this is deactivated or deleted"] =
                "Die Organisation, der das gehört oder die es vergibt, ist deaktiviert oder gelöscht",
            ["The organization has 100 projects already"] = "Die Organisation hat bereits 100 Projekte",
            ["The projects of the organization have 2000 roles, grants and granted roles already"] =
                "Die Projekte der Organisation haben bereits 2000 Rollen, Freigaben und freigegebene Rollen",
            ["Too much was removed from projects in the last minutes: try again later"] =
                "In den letzten Minuten wurde zu viel aus Projekten entfernt: später erneut versuchen",
            ["The organization has 100 applications already"] = "Die Organisation hat bereits 100 Anwendungen",
            ["Project is not active"] = "Das Projekt ist nicht aktiv",
            ["Project is not inactive"] = "Das Projekt ist nicht inaktiv",
            ["The project has no such role, or the organization may not give it"] =
                "Das Projekt hat diese Rolle nicht, oder die Organisation darf sie nicht vergeben",
            ["The project has a role with this key"] = "Das Projekt hat schon eine Rolle mit diesem Schlüssel",
            ["Project grant could not be found"] = "Die Projektfreigabe wurde nicht gefunden",
            ["The project is granted to this organization already"] = "Das Projekt ist bereits für diese Organisation freigegeben",
            ["Project grant is not active"] = "Die Projektfreigabe ist nicht aktiv",
            ["Project grant is not inactive"] = "Die Projektfreigabe ist nicht inaktiv",
            ["Authorization could not be found"] = "Die Autorisierung wurde nicht gefunden",
            ["The user has an authorization of this organization for this project"] =
                "Der Benutzer hat schon eine Autorisierung dieser Organisation für dieses Projekt",
            ["The user has 100 authorizations already"] = "Der Benutzer hat bereits 100 Autorisierungen",
            ["Authorization is not active"] = "Die Autorisierung ist nicht aktiv",
            ["Authorization is not inactive"] = "Die Autorisierung ist nicht inaktiv",
            ["Errors.User.ProjectRequired: the project is not granted to the organization of the user"] =
                "Errors.User.ProjectRequired: Das Projekt ist nicht für die Organisation des Benutzers freigegeben",
            ["Errors.User.GrantRequired: the user has no authorization for the project"] =
                "Errors.User.GrantRequired: Der Benutzer hat keine Autorisierung für das Projekt",
            ["Application could not be found"] = "Die Anwendung wurde nicht gefunden",
            ["The application is of another kind than the configuration of the request"] =
                "Die Anwendung ist von anderer Art als die Konfiguration in der Anfrage",
            ["Application is not active"] = "Die Anwendung ist nicht aktiv",
            ["Application is not inactive"] = "Die Anwendung ist nicht inaktiv",
            ["The application does not authenticate with a secret"] = "Die Anwendung weist sich nicht mit einem Geheimnis aus",
            ["The application does not authenticate with keys (private_key_jwt)"] =
                "Die Anwendung weist sich nicht mit Schlüsseln aus (private_key_jwt)",
            ["Application key could not be found"] = "Der Schlüssel der Anwendung wurde nicht gefunden",
            ["The application has 20 keys already"] = "Die Anwendung hat bereits 20 Schlüssel",
            ["Web key could not be found"] = "Der Web-Schlüssel wurde nicht gefunden",
            ["The next web key is published already: activate or delete it first"] =
                "Der nächste Web-Schlüssel ist bereits veröffentlicht: ihn zuerst aktivieren oder löschen",
            ["A web key that has signed before cannot sign again"] =
                "Ein Web-Schlüssel, der früher signiert hat, kann nicht wieder signieren",
            ["The web key that signs cannot be deleted"] = "Der Web-Schlüssel, der signiert, kann nicht gelöscht werden",
            ["There are 100 web keys already: delete some that do not sign"] =
                "Es gibt bereits 100 Web-Schlüssel: einige löschen, die nicht signieren",
        };
}
