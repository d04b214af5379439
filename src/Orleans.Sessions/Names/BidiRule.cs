using Orleans.Sessions.Names.Unicode;

namespace Orleans.Sessions.Names;

/// <summary>The Bidi rule (RFC 5893 §2). Without it a text with both directions can look like another text.</summary>
internal static class BidiRule
{
    /// <summary>Whether the label follows the rule; a label without right-to-left characters always does.</summary>
    public static bool Holds(IReadOnlyList<NameCharacter> label)
    {
        if (!label.Any(character => character.Bidi is "R" or "AL" or "AN"))
        {
            return true;
        }

        // A label that begins left-to-right must be left-to-right as a whole, and this one has right-to-left characters.
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
