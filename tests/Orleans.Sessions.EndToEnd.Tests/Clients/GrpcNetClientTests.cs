using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Sessions.EndToEnd.Clients.Harness;
using Orleans.Sessions.Protocol.SessionV2;
using Orleans.Sessions.Protocol.V1;
using Client = Orleans.Sessions.Protocol.SessionV2.SessionService.SessionServiceClient;
using RpcStatus = Google.Rpc.Status;

namespace Orleans.Sessions.EndToEnd.Clients;

/// <summary>Microsoft's gRPC client.</summary>
public sealed class GrpcNetClientTests(SqliteHost host) : ContractTests(host)
{
    [Fact]
    public async Task Runs_the_scenario()
    {
        var human = await Admin.NewHumanAsync(withTotp: true);
        using var channel = GrpcChannel.ForAddress(Admin.Host.Address);
        var client = new Client(channel);
        var admin = As(Admin.Token!);

        var created = await client.CreateSessionAsync(
            new CreateSessionRequest
            {
                Checks = new Checks { User = new CheckUser { LoginName = human.LoginName } },
                Lifetime = Duration.FromTimeSpan(TimeSpan.FromMinutes(10)),
            },
            admin
        );
        var (id, token) = (created.SessionId, created.SessionToken);
        var wrong = await FailureAsync(
            client.SetSessionAsync(
                new SetSessionRequest
                {
                    SessionId = id,
                    SessionToken = token,
                    Checks = new Checks { Password = new CheckPassword { Password = $"{human.Password}?" } },
                },
                admin
            )
        );
        var proved = await client.SetSessionAsync(
            new SetSessionRequest
            {
                SessionId = id,
                SessionToken = token,
                Checks = new Checks
                {
                    Password = new CheckPassword { Password = human.Password },
                    Totp = new CheckTOTP { Code = TotpCode.Now(human.TotpSecret) },
                },
            },
            admin
        );
        var listed = await client.ListSessionsAsync(
            new ListSessionsRequest { Queries = { new SearchQuery { IdsQuery = new IDsQuery { Ids = { id } } } } },
            admin
        );
        var read = (await client.GetSessionAsync(new GetSessionRequest { SessionId = id }, As(proved.SessionToken))).Session;
        await client.DeleteSessionAsync(new DeleteSessionRequest { SessionId = id, SessionToken = proved.SessionToken }, admin);
        var gone = await FailureAsync(client.GetSessionAsync(new GetSessionRequest { SessionId = id }, admin));

        new ClientResult(
            id,
            wrong,
            proved.SessionToken != token,
            proved.Details.Sequence > created.Details.Sequence,
            [.. listed.Sessions.Select(session => session.Id)],
            read.Factors.User.LoginName,
            read.Factors.Password is not null,
            read.Factors.Totp is not null,
            gone
        ).Check(human);
    }

    private static Metadata As(string token) => new() { { "authorization", $"Bearer {token}" } };

    private static async Task<Refusal> FailureAsync<T>(AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        var detail = Assert.Single(RpcStatus.Parser.ParseFrom(exception.Trailers.GetValueBytes("grpc-status-details-bin")).Details);
        var requestId = exception.Trailers.GetValue("x-request-id");
        return detail.TryUnpack(out CredentialsCheckError check)
            ? new Refusal((int)exception.StatusCode, exception.Status.Detail, check.Id, check.FailedAttempts, requestId)
            : new Refusal((int)exception.StatusCode, exception.Status.Detail, detail.Unpack<ErrorDetail>().Id, null, requestId);
    }
}
