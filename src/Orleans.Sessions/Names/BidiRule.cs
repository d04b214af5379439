using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Names;

/// <summary>The Bidi rule (RFC 5893 §2), without which a text that has both directions can be shown as another one.</summary>
internal static class BidiRule
{
    /// <summary>Whether this is fine; a text without characters that are written from right to left always is.</summary>
    public static bool Holds(IReadOnlyList<NameCharacter> label)
    {
        if (!label.Any(character => character.Bidi is "R" or "AL" or "AN"))
        {
            return true;
        }

        // One that begins from left to right may go on that way only, and then it would have none of these.
        if (label[0].Bidi is not ("R" or "AL"))
        {
            return false;
        }

        var last = label.Last(character => character.Bidi != "NSM");
        return label.All(character => character.Bidi is "R" or "AL" or "AN" or "EN" or "ES" or "CS" or "ET" or "ON" or "BN" or "NSM")
            && last.Bidi is "R" or "AL" or "EN" or "AN"
            && !(label.Any(character => character.Bidi == "EN") && label.Any(character => character.Bidi == "AN"));
    }
}
