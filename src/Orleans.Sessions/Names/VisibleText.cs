using System.Globalization;
using System.Text;

namespace Orleans.Sessions.Names;

/// <summary>Ids and addresses, in which every character must be visible.</summary>
internal static class VisibleText
{
    /// <summary>Whether a text has no spaces, line ends, controls, invisible or unassigned characters.</summary>
    public static bool Is(string text) => text.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));
}
