namespace Orleans.Sessions.Fuzz.Journeys;

/// <summary>All journeys. Each plain journey must reach its end on every service.</summary>
public static class Travels
{
    public static IReadOnlyList<(string Name, Func<Traveller, Task> Walk)> All { get; } =
    [
        ("login", People.LogInAsync),
        ("codes", People.ProveContactsAsync),
        ("credentials", People.RegisterCredentialsAsync),
        ("upstream login", People.LogInUpstreamAsync),
        ("code flow", RelyingParties.CodeFlowAsync),
        ("pushed request", RelyingParties.PushedAsync),
        ("device", RelyingParties.DeviceAsync),
        ("token exchange", RelyingParties.ExchangeAsync),
        ("saml", ServiceProviders.SignOnAsync),
        ("service account", Administration.ServiceAccountAsync),
        ("registries", Administration.RegistriesAsync),
        ("administrators", Administration.AdministratorsAsync),
    ];
}
