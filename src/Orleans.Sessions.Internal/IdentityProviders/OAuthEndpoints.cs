namespace Orleans.Sessions;

/// <summary>
/// The endpoints of a provider that has no discovery document. Each is an absolute https URL (http only for this machine) of at most 500
/// characters.
/// </summary>
/// <param name="Authorization">Where the browser logs in.</param>
/// <param name="Token">Where the code is exchanged. It gets the client secret.</param>
/// <param name="User">What tells who the person is: a JSON object. It gets the access token.</param>
/// <param name="IdAttribute">The member of that object that has the person's id, a text or a whole number; 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.OAuthEndpoints")]
public sealed record OAuthEndpoints(
    [property: Id(0)] string Authorization,
    [property: Id(1)] string Token,
    [property: Id(2)] string User,
    [property: Id(3)] string IdAttribute
);
