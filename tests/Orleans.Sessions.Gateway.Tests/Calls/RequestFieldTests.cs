using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Google.Protobuf.Reflection;

namespace Orleans.Sessions.Gateway.Tests.Calls;

/// <summary>
/// A field that a client may send is honoured or refused, but never dropped without a word. A field counts as read if the service's
/// compiled code calls the getter of its generated property. For an empty message in a oneof it is enough to read which member is set.
/// </summary>
public sealed class RequestFieldTests
{
    private const string FixedFeature = "Every feature has one fixed value. A loop over the descriptor refuses another value.";

    /// <summary>Fields that nobody reads, and the reason why that is right. The parts of a message that is here need no entry.</summary>
    private static readonly Dictionary<string, string> s_unread = new()
    {
        ["zitadel.object.v2.Organization.org_domain"] = "Refused: a domain is part of no login name here.",
        ["zitadel.settings.v2.GetHostedLoginTranslationRequest.system"] = "It is only chosen; its value is always true.",
        ["zitadel.settings.v2.GetHostedLoginTranslationRequest.instance"] = "It is only chosen; its value is always true.",
        ["zitadel.settings.v2.SetHostedLoginTranslationRequest.instance"] = "It is only chosen; its value is always true.",
        ["zitadel.application.v2.CreateSAMLApplicationRequest.metadata_url"] = "Refused: metadata are read from the request only.",
        ["zitadel.application.v2.UpdateSAMLApplicationConfigurationRequest.metadata_url"] =
            "Refused: metadata are read from the request only.",
        ["zitadel.authorization.v2.AuthorizationsSearchFilter.project_grant_id"] = "Refused: grants of projects have no id here.",
        ["zitadel.internal_permission.v2.ResourceFilter.instance"] = "It is only chosen; its value is always true.",
        ["zitadel.internal_permission.v2.ResourceFilter.project_id"] = "Projects have no administrators, so it finds nobody.",
        ["zitadel.internal_permission.v2.ResourceFilter.project_grant"] = "Projects have no administrators, so it finds nobody.",
        ["zitadel.session.v2.SetSessionRequest.session_token"] = "The contract ignores it: the caller's permission authorises an update.",
        ["zitadel.session.v2.ListSessionsRequest.sorting_column"] = "The creation date is the only column, and the default.",
        ["zitadel.user.v2.DomainQuery.include_without_domain"] = "Every key of this service has a domain.",
        ["zitadel.user.v2.StartIdentityProviderIntentRequest.ldap"] = "Refused: there is no LDAP.",
        ["zitadel.object.v2.RequestContext.instance"] = "The same as no context.",
        ["zitadel.internal_permission.v2.ResourceType.instance"] = "It is only chosen; its value is always true.",
        ["zitadel.internal_permission.v2.ResourceType.project_id"] = "Refused: projects have no administrators.",
        ["zitadel.internal_permission.v2.ResourceType.project_grant"] = "Refused: projects have no administrators.",
        ["zitadel.oidc.v2.AuthorizeOrDenyDeviceAuthorizationRequest.deny"] = "A request without a session denies.",
        ["zitadel.feature.v2.GetInstanceFeaturesRequest.inheritance"] = "The features of the system are the instance's own.",
        ["zitadel.feature.v2.GetOrganizationFeaturesRequest.inheritance"] = "There is no feature of a single organization.",
        ["zitadel.feature.v2.GetUserFeaturesRequest.inheritance"] = "There is no feature of a single user.",
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.disable_user_token_event"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.enable_back_channel_logout"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.improved_performance"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.login_default_org"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.oidc_single_v1_session_termination"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.oidc_token_exchange"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.permission_check_v2"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.user_schema"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.console_use_v2_user_api"] = FixedFeature,
        ["zitadel.feature.v2.SetInstanceFeaturesRequest.debug_oidc_parent_error"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.disable_user_token_event"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.enable_back_channel_logout"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.improved_performance"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.login_default_org"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.oidc_single_v1_session_termination"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.oidc_token_exchange"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.permission_check_v2"] = FixedFeature,
        ["zitadel.feature.v2.SetSystemFeaturesRequest.user_schema"] = FixedFeature,
    };

    /// <summary>The assemblies of the service, without the contract: its generated code reads every field.</summary>
    private static readonly List<Assembly> s_assemblies =
    [
        .. Directory
            .GetFiles(AppContext.BaseDirectory, "Orleans.Sessions*.dll")
            .Where(file => !Path.GetFileName(file).EndsWith(".Tests.dll", StringComparison.Ordinal))
            .Select(file => Assembly.LoadFrom(file))
            .Where(assembly => assembly != typeof(Protocol.SessionV2.SessionService).Assembly && assembly != typeof(Checkout).Assembly),
    ];

    [Fact]
    public void Every_service_of_the_contract_is_covered() =>
        Assert.Equal(
            ContractServices.Described.Select(method => method.Descriptor.Service.FullName).Distinct().Order(StringComparer.Ordinal),
            Implementations().Select(one => one.Service.FullName).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_field_of_a_request_is_read_or_listed_with_a_reason()
    {
        var (requests, reads) = (Requests(), s_assemblies.SelectMany(Reads).ToHashSet());
        Assert.Equal(ContractServices.Offered.Select(method => method.Descriptor.InputType).ToHashSet(), requests);
        var unread = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<MessageDescriptor>();
        foreach (var request in requests)
        {
            Walk(request, reads, seen, unread);
        }

        var dropped = unread.Except(s_unread.Keys).Select(field => $"{field} is read by nobody.");
        var outdated = s_unread.Keys.Except(unread).Select(field => $"{field} is read, so the list need not have it.");
        var wrong = dropped.Concat(outdated).ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static void Walk(MessageDescriptor message, HashSet<string> reads, HashSet<MessageDescriptor> seen, SortedSet<string> unread)
    {
        if (message.FullName.StartsWith("google.", StringComparison.Ordinal) || !seen.Add(message))
        {
            return;
        }

        foreach (var field in message.Fields.InDeclarationOrder())
        {
            if (!IsRead(field, reads))
            {
                unread.Add(field.FullName);
            }
            else if (field.FieldType == FieldType.Message && !field.IsMap)
            {
                Walk(field.MessageType, reads, seen, unread);
            }
            else if (field.IsMap && field.MessageType.FindFieldByNumber(2) is { FieldType: FieldType.Message } value)
            {
                Walk(value.MessageType, reads, seen, unread);
            }
        }
    }

    private static bool IsRead(FieldDescriptor field, HashSet<string> reads) =>
        reads.Contains(Getter(field.ContainingType, field.Name))
        || field is { FieldType: FieldType.Message, MessageType: { } type, RealContainingOneof: { } oneof }
            && type.Fields.InDeclarationOrder().Count == 0
            && reads.Contains(Getter(field.ContainingType, $"{oneof.Name}_case"));

    /// <summary>The getter of the generated property for a name of the contract.</summary>
    private static string Getter(MessageDescriptor message, string name)
    {
        var plain = name.Replace("_", "", StringComparison.Ordinal);
        var property = message
            .ClrType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Single(property => property.Name.TrimEnd('_').Equals(plain, StringComparison.OrdinalIgnoreCase));
        return $"{message.ClrType.FullName}.get_{property.Name}";
    }

    /// <summary>The requests of the methods that are implemented. The others answer UNIMPLEMENTED.</summary>
    private static HashSet<MessageDescriptor> Requests() =>
        [
            .. from one in Implementations()
            from method in one.Service.Methods
            where one.Type.GetMethod(method.Name)?.DeclaringType == one.Type
            select method.InputType,
        ];

    /// <summary>The classes that stand on the generated base class of a service.</summary>
    private static IEnumerable<(Type Type, ServiceDescriptor Service)> Implementations() =>
        from assembly in s_assemblies
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        let service = type.BaseType?.DeclaringType?.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            as ServiceDescriptor
        where service is not null
        select (type, service!);

    /// <summary>All members of other assemblies that the code of this one uses, with their types.</summary>
    private static HashSet<string> Reads(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
            let member = metadata.GetMemberReference(handle)
            where member.Parent.Kind == HandleKind.TypeReference
            select $"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}",
        ];
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
            : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
