using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.EndToEnd.Administration.Harness;

/// <summary>The methods of applications.</summary>
internal static class ApplicationCalls
{
    private const string Applications = "zitadel.application.v2.ApplicationService";
    private const string ApplicationUnknown = "APP-Id001";
    private const string Public = "OIDC_AUTH_METHOD_TYPE_NONE";

    public static IEnumerable<SimultaneousCall> All =>
        [
            // Each call makes a secret of its own, so the two are not the same.
            New(_ => new { apiConfiguration = new { } }) with
            {
                Variant = "API of one id",
                Loses = "OIDC-Cli02",
            },
            New(_ => new { oidcConfiguration = new { redirectUris = new[] { "https://app.example.com/" }, authMethodType = Public } }) with
            {
                Variant = "public client of one id",
            },
            New(scene => new { samlConfiguration = new { metadataXml = Metadata(scene.New) } }) with
            {
                Variant = "service provider of one id",
            },
            OfApplication("GetApplication"),
            OfApplication("UpdateApplication") with
            {
                Prepare = async scene => new { applicationId = await scene.ApplicationAsync(), name = scene.New },
            },
            OfApplication("UpdateApplication") with
            {
                Variant = "of a project that goes",
                Prepare = async scene => new
                {
                    applicationId = await scene.ApplicationAsync(),
                    projectId = scene.Project,
                    name = scene.New,
                },
                Parent = Parent.Project,
            },
            OfApplication("DeleteApplication") with
            {
                Parent = Parent.Project,
                Gone = null,
            },
            OfApplication("DeactivateApplication") with
            {
                Loses = "APP-St001",
                MayBothWin = true,
            },
            OfApplication("ReactivateApplication") with
            {
                Prepare = async scene =>
                {
                    var applicationId = await scene.ApplicationAsync();
                    await scene.CallAsync($"{Applications}/DeactivateApplication", new { applicationId });
                    return new { applicationId };
                },
                Loses = "APP-St002",
                MayBothWin = true,
            },
            OfApplication("GenerateClientSecret"),
            OfApplication("ListApplications") with
            {
                Prepare = async scene =>
                {
                    await scene.ApplicationAsync();
                    return ListOf(scene);
                },
                Gone = null,
            },
            OfApplication("CreateApplicationKey") with
            {
                Prepare = async scene => new { applicationId = await scene.ApplicationAsync(withKeys: true) },
            },
            OfApplication("GetApplicationKey") with
            {
                Prepare = async scene => new { keyId = await scene.KeyAsync() },
                Gone = "APP-Key02",
            },
            OfApplication("DeleteApplicationKey") with
            {
                Prepare = async scene =>
                {
                    var keyId = await scene.KeyAsync();
                    return new { keyId, applicationId = scene.Application };
                },
            },
            OfApplication("ListApplicationKeys") with
            {
                Prepare = async scene =>
                {
                    await scene.KeyAsync();
                    return new { filters = new[] { new { applicationIdFilter = new { applicationId = scene.Application } } } };
                },
                Gone = null,
            },
        ];

    private static SimultaneousCall New(Func<Scene, object> configuration) =>
        new($"{Applications}/CreateApplication", async scene =>
        {
            var request = JsonSerializer.SerializeToNode(configuration(scene))!;
            request["projectId"] = await scene.ProjectAsync();
            request["applicationId"] = scene.New;
            request["name"] = "new";
            return request;
        })
        {
            Parent = Parent.Project,
            Gone = "COMMAND-3M9sd",

            // A list leaves out what has no project.
            Count = async scene => await scene.HasAsync($"{Applications}/GetApplication", new { applicationId = scene.New }) ? 1 : 0,
        };

    private static SimultaneousCall OfApplication(string method) =>
        new($"{Applications}/{method}", async scene => new { applicationId = await scene.ApplicationAsync() })
        {
            Parent = Parent.Application,
            Gone = ApplicationUnknown,
        };

    private static object ListOf(Scene scene) => new { filters = new[] { new { projectIdFilter = new { projectId = scene.Project } } } };

    private static string Metadata(string name) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes(
                $"""
                <EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://{name}.example.com/metadata">
                  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
                    <AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
                      Location="https://{name}.example.com/acs"/>
                  </SPSSODescriptor>
                </EntityDescriptor>
                """
            )
        );
}
