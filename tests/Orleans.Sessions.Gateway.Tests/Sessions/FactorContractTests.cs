using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Sessions;
using Orleans.Sessions.Gateway.Settings;
using Orleans.Sessions.Gateway.Users;
using AuthFactor = Orleans.Sessions.Protocol.UserV2.AuthFactor;
using Message = Orleans.Sessions.Protocol.SessionV2;
using SecondFactorType = Orleans.Sessions.Protocol.SettingsV2.SecondFactorType;

namespace Orleans.Sessions.Gateway.Tests.Sessions;

/// <summary>Every factor of the contract is passed to the grains, and every factor of the grains reaches the client.</summary>
public sealed class FactorContractTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> ChecksThatProve =>
        [.. Message.Checks.Descriptor.Fields.InFieldNumberOrder().Select(check => check.Name).Where(name => name != "user")];

    [Theory]
    [MemberData(nameof(ChecksThatProve))]
    public void Every_check_of_the_contract_reaches_the_grains(string name)
    {
        var message = new Message.Checks();
        var field = Message.Checks.Descriptor.FindFieldByName(name);
        var check = field.MessageType.Parser.ParseFrom(ByteString.Empty);
        if (name == "web_auth_n")
        {
            check = new Message.CheckWebAuthN
            {
                CredentialAssertionData = new() { Fields = { ["id"] = Google.Protobuf.WellKnownTypes.Value.ForString("x") } },
            };
        }

        field.Accessor.SetValue(message, check);

        Assert.True(SessionRequests.Checks(message).ProveSomething);
    }

    public static TheoryData<FactorKind> SecondFactors => [.. Enum.GetValues<FactorKind>()];

    [Theory]
    [MemberData(nameof(SecondFactors))]
    public void Every_second_factor_has_a_name_in_settings_and_in_lists(FactorKind kind)
    {
        var settings = SettingsMessages.Login(new LoginPolicy { SecondFactors = [kind] });
        Assert.DoesNotContain(SecondFactorType.Unspecified, settings.SecondFactors);
        Assert.Contains(SecondFactorType.RecoveryCodes, settings.SecondFactors);
        Assert.Equal(2, settings.SecondFactors.Distinct().Count());

        var factor = UserResponses.Factor(new AuthenticationFactor(kind, FactorState.Ready, "1", "key"));
        Assert.NotEqual(AuthFactor.TypeOneofCase.None, factor.TypeCase);
    }

    [Fact]
    public void Every_factor_of_a_session_reaches_the_client()
    {
        var view = new SessionView
        {
            Id = "1",
            CreationDate = s_now,
            ChangeDate = s_now,
            Sequence = 1,
            Factors = new SessionFactors
            {
                User = new UserFactor { Id = "u", VerifiedAt = s_now },
                Password = s_now,
                Totp = s_now,
                WebAuthn = new WebAuthnFactor(s_now, UserVerified: true),
                Intent = s_now,
                OtpSms = s_now,
                OtpEmail = s_now,
                RecoveryCode = s_now,
            },
        };
        Assert.All(typeof(SessionFactors).GetProperties(), property => Assert.NotNull(property.GetValue(view.Factors)));

        var factors = SessionResponses.Session(view).Factors;

        Assert.All(Message.Factors.Descriptor.Fields.InFieldNumberOrder(), field =>
            Assert.True(field.Accessor.HasValue(factors), field.Name)
        );
    }
}
