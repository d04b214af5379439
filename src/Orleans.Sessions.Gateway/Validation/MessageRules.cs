using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.Validate;

namespace Orleans.Sessions.Gateway.Validation;

/// <summary>The rules of one message type, compiled from its descriptor.</summary>
internal sealed class MessageRules
{
    private readonly string _name;
    private readonly List<Func<IMessage, string?>> _checks = [];

    public MessageRules(MessageDescriptor descriptor)
    {
        _name = GoNames.Type(descriptor);
        foreach (
            var oneof in descriptor.Oneofs.Where(oneof =>
                !oneof.IsSynthetic && oneof.GetOptions()?.GetExtension(ValidateExtensions.Required) == true
            )
        )
        {
            var accessor = oneof.Accessor;
            _checks.Add(message =>
                accessor.GetCaseFieldDescriptor(message) is null ? Say(GoNames.Field(oneof.Name), "value is required") : null
            );
        }

        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            Add(field, field.GetOptions()?.GetExtension(ValidateExtensions.Rules));
        }
    }

    public string? Violation(IMessage message)
    {
        foreach (var check in _checks)
        {
            if (check(message) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    private void Add(FieldDescriptor field, FieldRules? rules)
    {
        var name = GoNames.Field(field.Name);
        var accessor = field.Accessor;
        if (field.IsMap)
        {
            _checks.Add(message => Entries((IDictionary)accessor.GetValue(message), name));
            return;
        }

        if (field.IsRepeated)
        {
            if (rules?.Repeated is { HasMaxItems: true, MaxItems: var most })
            {
                _checks.Add(message =>
                    (ulong)((IList)accessor.GetValue(message)).Count > most
                        ? Say(name, $"value must contain no more than {most} item(s)")
                        : null
                );
            }

            if (ValueRules.For(field, rules?.Repeated?.Items) is { } each)
            {
                _checks.Add(message => Items((IList)accessor.GetValue(message), name, each));
            }

            return;
        }

        if (field.FieldType == FieldType.Message && rules?.Message?.Required == true)
        {
            _checks.Add(message => accessor.GetValue(message) is null ? Say(name, "value is required") : null);
        }

        if (ValueRules.For(field, rules) is { } one)
        {
            _checks.Add(
                field.HasPresence
                    ? message => accessor.HasValue(message) && one(accessor.GetValue(message)) is { } reason ? Say(name, reason) : null
                    : message => one(accessor.GetValue(message)) is { } reason ? Say(name, reason) : null
            );
        }

        if (rules?.Timestamp?.Required == true)
        {
            _checks.Add(message => accessor.GetValue(message) is null ? Say(name, "value is required") : null);
        }
    }

    private string? Items(IList items, string name, Func<object, string?> check)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (check(items[i]!) is { } reason)
            {
                return Say($"{name}[{i}]", reason);
            }
        }

        return null;
    }

    /// <summary>Maps have no rules in the contract. Their keys only appear in JSON, which accepts any text.</summary>
    private string? Entries(IDictionary entries, string name)
    {
        foreach (DictionaryEntry entry in entries)
        {
            if (entry.Value is IMessage message && RequestValidator.Violation(message) is { } violation)
            {
                return Say($"{name}[{entry.Key}]", $"embedded message failed validation | caused by: {violation}");
            }
        }

        return null;
    }

    private string Say(string field, string reason) => $"invalid {_name}.{field}: {reason}";
}
