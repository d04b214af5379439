using System.Text.Json.Serialization;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Oidc.Clients;

namespace Orleans.Sessions.Oidc;

/// <summary>The generated JSON code of the OpenID Connect grains' records.</summary>
[JsonSerializable(typeof(AuthorizationRecord))]
[JsonSerializable(typeof(ClientsRecord))]
[JsonSerializable(typeof(OidcClient))]
internal sealed partial class OidcJsonContext : JsonSerializerContext;
