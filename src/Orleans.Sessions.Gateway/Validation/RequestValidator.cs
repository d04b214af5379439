using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Validation;

/// <summary>
/// Checks the contract's rules for fields (<c>validate.rules</c>) and reports the first broken rule. The texts are those of
/// protoc-gen-validate, which clients of ZITADEL know. The rules of a message type are read once.
/// </summary>
internal static class RequestValidator
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageRules> s_rules = new();

    /// <summary>Fails with <see cref="InvalidRequestException"/> if <paramref name="request"/> breaks a rule.</summary>
    public static void Validate(IMessage request)
    {
        if (Violation(request) is { } violation)
        {
            throw new InvalidRequestException(violation);
        }
    }

    /// <summary>The first violation in <paramref name="message"/>; <c>null</c> if the message is valid.</summary>
    internal static string? Violation(IMessage message) =>
        s_rules.GetOrAdd(message.Descriptor, static descriptor => new MessageRules(descriptor)).Violation(message);
}
