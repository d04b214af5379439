using System.Collections.Immutable;
using System.Text;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Names;

/// <summary>
/// A user name, which is also the login name. New names follow a rule, so that no name can be mistaken for another. Names that were stored
/// before the rule, or without it, remain valid: they are found by the key that they always had.
/// </summary>
/// <param name="Text">The name as stored and shown.</param>
/// <param name="Key">The key that is unique among users; <c>null</c> means the <see cref="TextKey"/> of the name.</param>
internal readonly record struct LoginName(string Text, string? Key)
{
    /// <summary>A new name. Fails with <c>USER-Name1</c>, <c>USER-Name2</c> or <c>USER-Name3</c> if it breaks the rule.</summary>
    public static LoginName New(string text, NameRule rule)
    {
        StorableText.Ensure(text);
        if (rule == NameRule.AnyText)
        {
            return new(text, Key: null);
        }

        var name = UsernameProfile.Prepared(text);
        var key = UsernameProfile.Folded(name);
        return UsernameProfile.Fault(key, rule) is { } fault
            ? throw new SessionException(fault)
            : new(name, key == TextKey.Of(name) ? null : key);
    }

    /// <summary>
    /// The possible keys of a user with this typed name. The key of the name as typed comes first, because an older stored name may look
    /// like another name.
    /// </summary>
    public static ImmutableArray<string> KeysOf(string typed)
    {
        var plain = TextKey.Of(typed);
        if (Ascii.IsValid(typed))
        {
            return [plain];
        }

        var folded = UsernameProfile.Folded(UsernameProfile.Prepared(typed));
        return plain == folded ? [plain] : [plain, folded];
    }
}
