using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Sessions.Protocol.OidcClientsV1;
using Orleans.Sessions.Protocol.V1;
using BadRequest = Google.Rpc.BadRequest;
using RpcStatus = Google.Rpc.Status;

namespace Orleans.Sessions.EndToEnd.Administration;

/// <summary>
/// What administrators register and what cannot work is refused with the field, the rule and, if it is harmless, the value.
/// </summary>
public sealed class RefusedRegistrationTests(SqliteHost host) : ContractTests(host)
{
    private const string Address = "http://shop.example/signin";
    private const string Secret = "Tr0ub4dor-and-3";

    [Fact]
    public async Task Each_kind_of_registration_names_the_field_and_the_value()
    {
        var uris = new[] { "https://shop.example/signin", Address };
        Names("redirectUris[1]", await Admin.PostAsync("/v2/oidc/clients", new { settings = new { redirectUris = uris } }));
        Names(
            "assertionConsumerServices[0].location",
            await Admin.PostAsync(
                "/v2/saml/service_providers",
                new
                {
                    settings = new
                    {
                        entityId = "https://shop.example/saml",
                        assertionConsumerServices = new[]
                        {
                            new { location = Address, binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" },
                        },
                    },
                }
            )
        );
        Names(
            "issuer",
            await Admin.PostAsync(
                "/admin/v1/idps/generic_oidc",
                new
                {
                    name = Unique("idp"),
                    issuer = Address,
                    clientId = "us",
                    clientSecret = Secret,
                }
            )
        );
    }

    [Fact]
    public async Task An_application_names_them_over_connect()
    {
        var organizationId = (await Admin.GetAsync("/management/v1/iam")).Expect(200).Text("defaultOrgId");
        var made = await Admin.PostAsync(
            "/zitadel.project.v2.ProjectService/CreateProject",
            new { organizationId, name = Unique("project") }
        );
        var refused = await Admin.PostAsync(
            "/zitadel.application.v2.ApplicationService/CreateApplication",
            new
            {
                projectId = made.Expect(200).Text("projectId"),
                name = "web",
                oidcConfiguration = new { redirectUris = new[] { Address }, authMethodType = "OIDC_AUTH_METHOD_TYPE_NONE" },
            }
        );

        Assert.Equal("zitadel.v1.ErrorDetail", refused.Expect(400).Text("details.0.type"));
        Assert.Equal("google.rpc.BadRequest", refused.Text("details.1.type"));
        Assert.Equal("redirectUris[0]", refused.Text("details.1.debug.fieldViolations.0.field"));
        Assert.EndsWith($": {Address}", refused.Text("details.1.debug.fieldViolations.0.description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_grpc_they_are_in_the_trailers_behind_the_id()
    {
        using var channel = GrpcChannel.ForAddress(Admin.Host.Address);
        var client = new OidcClientService.OidcClientServiceClient(channel);
        var request = new CreateClientRequest { Settings = new ClientSettings { RedirectUris = { Address } } };
        var headers = new Metadata { { "authorization", $"Bearer {Admin.Token}" } };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.CreateClientAsync(request, headers));

        var details = RpcStatus.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin")).Details;
        Assert.Equal("OIDC-Cli03", details[0].Unpack<ErrorDetail>().Id);
        var field = Assert.Single(details[1].Unpack<BadRequest>().FieldViolations);
        Assert.Equal("redirectUris[0]", field.Field);
        Assert.EndsWith($": {Address}", field.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_in_no_answer_and_not_in_the_log()
    {
        object[] settings =
        [
            new { redirectUris = new[] { $"http://me:{Secret}@shop.example/" } },
            new { redirectUris = new[] { $"http://shop.example/?token={Secret}" } },
            new
            {
                authentication = "CLIENT_AUTHENTICATION_PRIVATE_KEY_JWT",
                jsonWebKeys = "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"d\":\"" + Secret + "\"}]}",
            },
        ];
        foreach (var one in settings)
        {
            var refused = (await Admin.PostAsync("/v2/oidc/clients", new { settings = one })).Expect(400);
            Assert.Equal("OIDC-Cli03", refused.Text("details.0.id"));
            Assert.DoesNotContain(Secret, refused.Body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Secret, Admin.Host.Output, StringComparison.Ordinal);
    }

    private static void Names(string field, Reply reply)
    {
        Assert.Equal("type.googleapis.com/zitadel.v1.ErrorDetail", reply.Expect(400).Text("details.0.@type"));
        Assert.Equal("type.googleapis.com/google.rpc.BadRequest", reply.Text("details.1.@type"));
        Assert.Equal(field, reply.Text("details.1.fieldViolations.0.field"));
        Assert.EndsWith($": {Address}", reply.Text("details.1.fieldViolations.0.description"), StringComparison.Ordinal);
        Assert.EndsWith($": {Address}", reply.Text("details.0.message"), StringComparison.Ordinal);
    }
}
