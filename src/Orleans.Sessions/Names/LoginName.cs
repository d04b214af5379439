using System.Collections.Immutable;
using System.Text;
using Orleans.Sessions.Directory;

namespace Orleans.Sessions.Names;

/// <summary>
/// A user name, which is also the login name. New ones keep to a rule, so that none can be mistaken for another. Names that were stored before, or without the rule, go
/// on as they are: they are found by the key that they always had.
/// </summary>
/// <param name="Text">The name as it is stored and shown.</param>
/// <param name="Key">What no two users have; <c>null</c>: it is the <see cref="TextKey"/> of the name.</param>
internal readonly record struct LoginName(string Text, string? Key)
{
    /// <summary>A new name. Fails with <c>USER-Name1</c>, <c>USER-Name2</c> or <c>USER-Name3</c> when it does not keep to the rule.</summary>
    public static LoginName New(string text, NameRule rule)
    {
        StorableText.Ensure(text);
        if (rule == NameRule.AnyText)
        {
            return new(text, Key: null);
        }

        var name = UsernameProfile.Prepared(text);
        var key = UsernameProfile.Folded(name);
        return UsernameProfile.Fault(key, rule) is { } fault ? throw new SessionException(fault) : new(name, key == TextKey.Of(name) ? null : key);
    }

    /// <summary>The keys that a user may have whom somebody calls that. First that of a name stored as it was typed: it may be an older one that looks like another.</summary>
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
