namespace Orleans.Sessions;

/// <summary>A request to create a code.</summary>
/// <param name="Delivery">How the code reaches the person.</param>
/// <param name="UrlTemplate">The link in the message with the placeholders <c>{{.Code}}</c>, <c>{{.UserID}}</c>, <c>{{.OrgID}}</c>, at most
/// 200 characters; <c>null</c> uses the configured link. Fails with <c>DOMAIN-oGh5e</c> or <c>DOMAIN-ieYa7</c>.</param>
/// <param name="ApplicationName">For invitations: the name of the application to which the person is invited, at most 200
/// characters.</param>
[GenerateSerializer, Immutable, Alias("sessions.CodeRequest")]
public sealed record CodeRequest(
    [property: Id(0)] CodeDelivery Delivery,
    [property: Id(1)] string? UrlTemplate = null,
    [property: Id(2)] string? ApplicationName = null
);
