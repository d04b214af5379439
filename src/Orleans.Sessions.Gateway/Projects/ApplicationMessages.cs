using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.ApplicationV2;
using Application = Orleans.Sessions.Projects.Application;
using ApplicationKey = Orleans.Sessions.Oidc.ApplicationKey;
using ApplicationMessage = Orleans.Sessions.Protocol.ApplicationV2.Application;
using FilterCase = Orleans.Sessions.Protocol.ApplicationV2.ApplicationSearchFilter.FilterOneofCase;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>Converts applications to messages.</summary>
internal static class ApplicationMessages
{
    public static ApplicationMessage Message(Application application)
    {
        var message = new ApplicationMessage
        {
            ApplicationId = application.Id,
            CreationDate = Timestamps.Of(application.CreatedAt),
            ChangeDate = Timestamps.Of(application.ChangedAt),
            State = application.IsInactive ? ApplicationState.Inactive : ApplicationState.Active,
            Name = application.Name,
            ProjectId = application.ProjectId ?? "",
        };
        switch (TypeOf(application))
        {
            case ApplicationType.Saml:
                message.SamlConfiguration = new SAMLConfiguration
                {
                    MetadataXml = ByteString.CopyFromUtf8(ServiceProviderXml.Of(application.Provider!)),
                    LoginVersion = LoginVersions.Version(application.Provider!.LoginUri),
                };
                break;
            case ApplicationType.Api:
                message.ApiConfiguration = new APIConfiguration
                {
                    ClientId = application.Id,
                    AuthMethodType =
                        application.Client!.Authentication == ClientAuthentication.PrivateKeyJwt
                            ? APIAuthMethodType.PrivateKeyJwt
                            : APIAuthMethodType.Basic,
                };
                break;
            default:
                message.OidcConfiguration = OidcConfigurations.Message(application.Client!);
                break;
        }

        return message;
    }

    /// <summary>The kind of an application, as clients call it.</summary>
    public static ApplicationType TypeOf(Application application) =>
        application.Client is not { } client ? ApplicationType.Saml
        : client.GetKind() == ApplicationKind.Api ? ApplicationType.Api
        : ApplicationType.Oidc;

    public static bool Matches(Application application, ApplicationSearchFilter filter) =>
        filter.FilterCase switch
        {
            FilterCase.ProjectIdFilter => application.ProjectId == filter.ProjectIdFilter.ProjectId,
            FilterCase.NameFilter => TextMatch.Is(application.Name, filter.NameFilter.Name, (TextMethod)filter.NameFilter.Method),
            FilterCase.StateFilter => filter.StateFilter == (application.IsInactive ? ApplicationState.Inactive : ApplicationState.Active),
            FilterCase.TypeFilter => filter.TypeFilter == TypeOf(application),
            FilterCase.ClientIdFilter => application.Client?.Id == filter.ClientIdFilter.ClientId,
            _ => application.Provider is { } provider && provider.EntityId == filter.EntityIdFilter.EntityId,
        };

    /// <summary>A key of an application.</summary>
    public static Protocol.ApplicationV2.ApplicationKey Key(Application application, ApplicationKey key) =>
        new()
        {
            KeyId = key.Id,
            ApplicationId = application.Id,
            ProjectId = application.ProjectId ?? "",
            CreationDate = Timestamps.Of(key.CreatedAt),
            OrganizationId = application.OrganizationId ?? "",
            ExpirationDate = Expiration(key),
        };

    /// <summary>When a key expires; <c>null</c> if it does not.</summary>
    public static Timestamp? Expiration(ApplicationKey key) => key.ExpiresAt is { } at ? Timestamps.Of(at) : null;

    public static bool Matches(Protocol.ApplicationV2.ApplicationKey key, ApplicationKeySearchFilter filter) =>
        filter.FilterCase switch
        {
            ApplicationKeySearchFilter.FilterOneofCase.ApplicationIdFilter => key.ApplicationId == filter.ApplicationIdFilter.ApplicationId,
            ApplicationKeySearchFilter.FilterOneofCase.ProjectIdFilter => key.ProjectId == filter.ProjectIdFilter.ProjectId,
            _ => key.OrganizationId == filter.OrganizationIdFilter.OrganizationId,
        };
}
