using System.Text.Json.Serialization;
using Orleans.Sessions.Saml.Artifacts;
using Orleans.Sessions.Saml.Logouts;
using Orleans.Sessions.Saml.Requests;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Saml;

/// <summary>The generated JSON code of the SAML grains' records.</summary>
[JsonSerializable(typeof(SamlRequestRecord))]
[JsonSerializable(typeof(SamlLogoutRecord))]
[JsonSerializable(typeof(SamlArtifactRecord))]
[JsonSerializable(typeof(ServiceProvidersRecord))]
[JsonSerializable(typeof(ServiceProvider))]
internal sealed partial class SamlJsonContext : JsonSerializerContext;
