using Microsoft.Extensions.DependencyInjection;
using Orleans.Sessions.IdentityProviders;
using Orleans.Sessions.Oidc.Authorizations;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Saml.Artifacts;
using Orleans.Sessions.Saml.Logouts;
using Orleans.Sessions.Saml.Requests;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.States;
using Orleans.Sessions.Users;

namespace Orleans.Sessions;

/// <summary>Registers what the database must know about each kind of record besides its JSON.</summary>
internal static class ProjectionExtensions
{
    /// <summary>Adds one projector for each kind of record that is found by something other than its key.</summary>
    public static void AddProjections(this IServiceCollection services)
    {
        services.AddSingleton<Projector<SessionRecord>>(SessionProjection.Of);
        services.AddSingleton<Projector<UserRecord>>(UserProjection.Of);
        services.AddSingleton<Projector<IntentRecord>>(IntentProjection.Of);
        services.AddSingleton<Projector<AuthorizationRecord>>(AuthorizationProjection.Of);
        services.AddSingleton<Projector<SamlRequestRecord>>(SamlRequestProjection.Of);
        services.AddSingleton<Projector<SamlLogoutRecord>>(SamlLogoutProjection.Of);
        services.AddSingleton<Projector<SamlArtifactRecord>>(SamlArtifactProjection.Of);
        services.AddSingleton<Projector<UserRolesRecord>>(UserRolesProjection.Of);
    }
}
