using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.UserV2;
using Orleans.Sessions.Protocol.Validate;
using Orleans.Sessions.Tests.EveryMethod.Harness;

namespace Orleans.Sessions.Tests.EveryMethod;

/// <summary>
/// Every method of every service of the contract, with callers of each kind, upon users of each kind. A caller without the right is
/// refused, changes nothing, and learns nothing. A caller with the right is not refused. Other tests check the further result of the call.
/// </summary>
public sealed class EveryMethodTests(Stage stage) : IClassFixture<Stage>
{
    /// <summary>The errors for a caller without the right.</summary>
    private static readonly string[] s_refusals =
    [
        SessionErrors.PermissionMissing.Id,
        SessionErrors.BearerProofTooOld.Id,
        SessionErrors.OwnState.Id,
        SessionErrors.OwnLastRight.Id,
    ];

    private static readonly Dictionary<string, MethodDescriptor> s_contract = Services()
        .SelectMany(service => service.Methods)
        .ToDictionary(method => $"{method.Service.FullName}/{method.Name}");

    public static TheoryData<string> Methods => [.. MethodTable.Rows.Select(row => row.Method).Where(s_contract.ContainsKey).Distinct()];

    [Fact]
    public void Every_method_is_classified()
    {
        var known = MethodTable.Rows.Select(row => row.Method).ToHashSet();
        var missing = s_contract.Keys.Where(method => !known.Contains(method)).Order().ToList();
        Assert.True(
            missing.Count == 0,
            $$"""
            Nobody has said who may call these methods. Add a row for each to tests/Orleans.Sessions.Tests/EveryMethod/MethodTable.cs:
            {{string.Join('\n', missing.Select(method => $$"""    new("{{method}}", Anybody),"""))}}
            Instead of Anybody say OnInstance(…) or OnOrganization(…) with the Permission where a role is needed, Read(…) or Change(…, BySelf.…) where
            the method is about a user (field user_id or session_id), NotOffered, or Elsewhere("what the right comes from, and which test shows it").
            Required texts of the request are filled in; what else it needs is the third argument, JSON such as {"email":"a@example.com"}, where {user} and {session}
            stand for the user that is acted upon and a session of it.
            """
        );
        var gone = known.Where(method => !s_contract.ContainsKey(method)).Order().ToList();
        Assert.True(gone.Count == 0, $"MethodTable.cs has rows of methods that do not exist: {string.Join(", ", gone)}");
    }

    [Theory]
    [Asvs("6.4.4", "16.4.2")]
    [MemberData(nameof(Methods))]
    public async Task Only_who_may_call_it_can(string method)
    {
        foreach (var row in MethodTable.Rows.Where(row => row.Method == method))
        {
            foreach (var kind in row.Rule.HasTarget ? Enum.GetValues<TargetKind>() : [TargetKind.Person])
            {
                await TryAsync(row, kind);
            }
        }
    }

    [Theory]
    [Asvs("7.5.1", "10.3.4")]
    [InlineData(CallerKind.SelfLongAgo)]
    [InlineData(CallerKind.SelfByAccessTokenLongAgo)]
    public async Task Who_proved_a_factor_too_long_ago_is_told_what_is_missing(CallerKind kind)
    {
        var target = await stage.NewTargetAsync(TargetKind.Person);
        var caller = await stage.CallerAsync(kind, target);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Delete, new Uri(stage.Address, $"/v2/users/{target.Id}/totp"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Token);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var challenge = response.Headers.WwwAuthenticate.ToString();
        Assert.Contains("error=\"insufficient_user_authentication\"", challenge, StringComparison.Ordinal);
        Assert.Contains("max_age=\"600\"", challenge, StringComparison.Ordinal);
        Assert.Contains("prove a factor again", challenge, StringComparison.Ordinal);
    }

    private async Task TryAsync(MethodRow row, TargetKind kind)
    {
        var target = await stage.NewTargetAsync(kind);
        foreach (var callerKind in Enum.GetValues<CallerKind>())
        {
            if (
                callerKind is >= CallerKind.Self and <= CallerKind.SelfByAccessTokenLongAgo
                && kind is not (TargetKind.Person or TargetKind.InstanceOwner)
            )
            {
                // Services have nothing to prove. Among persons, only those without roles and those with all roles differ.
                continue;
            }

            var caller = await stage.CallerAsync(callerKind, target);
            if (row.Rule.Allows(caller, target) is not { } isAllowed)
            {
                continue;
            }

            var before = stage.Stored(target);
            var (status, answer) = await CallAsync(row, caller, target);
            var id = Id(answer);
            var isRefused = status == HttpStatusCode.Unauthorized || (status == HttpStatusCode.Forbidden && s_refusals.Contains(id));
            var what = $"{row.Method} {row.Json} by {callerKind} upon {kind}: {(int)status} {answer}";
            Assert.True(isRefused != isAllowed, isAllowed ? $"may, but was refused. {what}" : $"may not, but was not refused. {what}");
            Assert.False(status == HttpStatusCode.InternalServerError, what);
            Assert.False(
                status == HttpStatusCode.BadRequest && id is null,
                $"The request of the row is not valid, so that nothing is tested. {what}"
            );
            if (!isAllowed)
            {
                Assert.Equal(before, stage.Stored(target));
                Assert.Equal(callerKind == CallerKind.Nobody, status == HttpStatusCode.Unauthorized);
            }
            else
            {
                Assert.Equal(ReferenceEquals(row.Rule, MethodRule.NotOffered), status == HttpStatusCode.NotImplemented);

                // The target may have changed, or may be deleted.
                target = await stage.NewTargetAsync(kind);
            }
        }
    }

    private async Task<(HttpStatusCode Status, string Answer)> CallAsync(MethodRow row, Acting caller, Target target)
    {
        using var http = new HttpRequestMessage(HttpMethod.Post, new Uri(stage.Address, $"/{row.Method}"))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Request(row, target))),
        };
        http.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (caller.Token is not null)
        {
            http.Headers.Authorization = new AuthenticationHeaderValue("Bearer", caller.Token);
        }

        using var client = new HttpClient();
        using var response = await client.SendAsync(http, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The row's JSON, completed with every required text that the row leaves out.</summary>
    private static string Request(MethodRow row, Target target)
    {
        var json = JsonNode.Parse(row.Json)!.AsObject();
        foreach (var field in s_contract[row.Method].InputType.Fields.InFieldNumberOrder())
        {
            var isRequired =
                field.FieldType == FieldType.String
                && !field.IsRepeated
                && field.ContainingOneof is null
                && field.GetOptions()?.GetExtension(ValidateExtensions.Rules)?.String?.MinLen > 0;
            if (isRequired && !json.ContainsKey(field.JsonName))
            {
                json[field.JsonName] = field.Name switch
                {
                    "user_id" => "{user}",
                    "session_id" => "{session}",
                    _ => "unknown",
                };
            }
        }

        return json.ToJsonString()
            .Replace("{user}", target.Id, StringComparison.Ordinal)
            .Replace("{session}", target.SessionId, StringComparison.Ordinal);
    }

    /// <summary>The error's id; <c>null</c> if the answer is not an error of the domain.</summary>
    private static string? Id(string answer) =>
        JsonNode.Parse(answer) is JsonObject json && json["details"] is JsonArray details
            ? (string?)details[0]!["debug"]!["id"] ?? ""
            : null;

    private static IEnumerable<ServiceDescriptor> Services() =>
        typeof(UserService)
            .Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .SelectMany(file => file.Services);
}
