using Orleans.Sessions.Oidc;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Protocol.IdpV2;
using Orleans.Sessions.Protocol.KeysV1;
using Orleans.Sessions.SigningKeys;
using Contract = Orleans.Sessions.Protocol;

namespace Orleans.Sessions.Gateway.Tests.Golden;

/// <summary>Enumerations that are cast by number have the numbers and names of the contract.</summary>
public sealed class EnumParityTests
{
    /// <summary>What the grains and the contract call by different names.</summary>
    private static readonly Dictionary<string, string> s_otherNames = new()
    {
        ["FactorKind.Totp"] = "Otp",
        ["AuthenticationMethod.IdentityProvider"] = "Idp",
        ["AuthenticatorAttachment.Any"] = "Unspecified",
        ["UserSortField.GivenName"] = "FirstName",
        ["UserSortField.FamilyName"] = "LastName",
        ["UserSortField.Kind"] = "Type",
        ["AutoLinking.None"] = "Unspecified",
        ["MachineTokenType.Opaque"] = "Bearer",
        ["RoleAssignmentField.CreationDate"] = "CreatedDate",
        ["RoleAssignmentField.ChangeDate"] = "ChangedDate",
        ["ProjectBranding.ProjectOwner"] = "EnforceProjectResourceOwnerPolicy",
        ["ProjectBranding.LoginUser"] = "AllowLoginUserResourceOwnerPolicy",
    };

    public static TheoryData<System.Type, System.Type> Pairs =>
        new()
        {
            { typeof(SessionState), typeof(Contract.SessionV2.SessionState) },
            { typeof(UserVerification), typeof(Contract.SessionV2.UserVerificationRequirement) },
            { typeof(UserState), typeof(Contract.UserV2.UserState) },
            { typeof(UserKind), typeof(Contract.UserV2.Type) },
            { typeof(FactorKind), typeof(Contract.UserV2.AuthFactors) },
            { typeof(FactorState), typeof(Contract.UserV2.AuthFactorState) },
            { typeof(Gender), typeof(Contract.UserV2.Gender) },
            { typeof(AuthenticationMethod), typeof(Contract.UserV2.AuthenticationMethodType) },
            { typeof(AuthenticatorAttachment), typeof(Contract.UserV2.PasskeyAuthenticator) },
            { typeof(UserSortField), typeof(Contract.UserV2.UserFieldName) },
            { typeof(Comparison), typeof(Contract.ObjectV2.TimestampQueryMethod) },
            { typeof(TextMethod), typeof(Contract.ObjectV2.TextQueryMethod) },
            { typeof(TextMethod), typeof(Contract.FilterV2.TextFilterMethod) },
            { typeof(MachineTokenType), typeof(Contract.UserV2.AccessTokenType) },
            { typeof(RoleAssignmentField), typeof(Contract.AuthorizationV2.AuthorizationFieldName) },
            { typeof(ProjectBranding), typeof(Contract.ProjectV2.PrivateLabelingSetting) },
            { typeof(TextMethod), typeof(Contract.V1.TextQueryMethod) },
            { typeof(Gender), typeof(Contract.UserV1.Gender) },
            { typeof(AutoLinking), typeof(AutoLinkingOption) },
            { typeof(AutoLinking), typeof(Contract.IdpV1.AutoLinkingOption) },
            { typeof(PublishedKeyState), typeof(SigningKeyState) },
            { typeof(ClientAuthentication), typeof(Contract.OidcClientsV1.ClientAuthentication) },
            { typeof(AccessTokenType), typeof(Contract.OidcClientsV1.AccessTokenType) },
            { typeof(LogoutState), typeof(Contract.OidcClientsV1.LogoutState) },
        };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_numbers_are_those_of_the_contract(System.Type here, System.Type contract)
    {
        foreach (var value in Enum.GetValues(here))
        {
            var name = s_otherNames.GetValueOrDefault($"{here.Name}.{value}", value.ToString()!);
            var place = $"{here.Name} {(int)value}";
            Assert.Equal((place, name.ToUpperInvariant()), (place, Enum.GetName(contract, (int)value)?.ToUpperInvariant()));
        }
    }
}
