using System.Collections.Immutable;
using System.Globalization;

namespace Orleans.Sessions.Registries;

/// <summary>
/// The rules for the fields of a registration, in the order in which they are checked. A refusal names the field that breaks a rule, and
/// repeats its value if that is harmless (<see cref="HarmlessValues"/>).
/// </summary>
/// <typeparam name="T">A registration.</typeparam>
internal sealed class FieldRules<T>
{
    private readonly List<Func<T, SessionException?>> _rules = [];

    /// <summary>Adds a rule whose error says all: for several fields together, or for a value that nobody repeats.</summary>
    public FieldRules<T> Whole(SessionError broken, Func<T, bool> holds) =>
        Add(entry => holds(entry) ? null : new SessionException(broken));

    /// <summary>Adds a rule for a field. A field without a value keeps every rule.</summary>
    /// <param name="broken">The error.</param>
    /// <param name="field">The path of the field.</param>
    /// <param name="of">Its value.</param>
    /// <param name="isRight">Whether a registration may have the value.</param>
    public FieldRules<T> One(SessionError broken, string field, Func<T, string?> of, Func<T, string, bool> isRight) =>
        Add(entry => of(entry) is { } value && !isRight(entry, value) ? Refusal(broken, field, value) : null);

    /// <summary>Adds the rule that a field has one of the known values. A field without a value keeps it.</summary>
    public FieldRules<T> Known<TEnum>(SessionError broken, string field, Func<T, TEnum?> of)
        where TEnum : struct, Enum =>
        Add(entry => of(entry) is { } value && !Enum.IsDefined(value) ? Refusal(broken, field, value.ToString()) : null);

    /// <summary>Adds a rule for each element of a list.</summary>
    /// <param name="broken">The error.</param>
    /// <param name="field">The path to what the rule is about, such as <c>redirectUris[]</c>.</param>
    /// <param name="most">How many elements there may be.</param>
    /// <param name="of">The list.</param>
    /// <param name="isRight">Whether a registration may have the element.</param>
    /// <param name="text">What the rule is about, as text; <c>null</c> if nobody repeats it.</param>
    public FieldRules<T> Each<TItem>(
        SessionError broken,
        string field,
        int most,
        Func<T, ImmutableArray<TItem>> of,
        Func<T, TItem, bool> isRight,
        Func<TItem, string?>? text = null
    ) =>
        Add(entry =>
        {
            var items = of(entry);
            if (items.IsDefault || items.Length > most)
            {
                return Refusal(broken, field[..field.IndexOf('[', StringComparison.Ordinal)], value: null);
            }

            for (var i = 0; i < items.Length; i++)
            {
                if (!isRight(entry, items[i]))
                {
                    return Refusal(broken, field, text?.Invoke(items[i]), i);
                }
            }

            return null;
        });

    /// <summary>Adds the rules that others have too.</summary>
    public FieldRules<T> All(FieldRules<T> others)
    {
        _rules.AddRange(others._rules);
        return this;
    }

    /// <summary>The refusal by the first broken rule; <c>null</c> if all hold.</summary>
    public SessionException? Refusal(T entry) => _rules.Select(rule => rule(entry)).FirstOrDefault(refusal => refusal is not null);

    private FieldRules<T> Add(Func<T, SessionException?> rule)
    {
        _rules.Add(rule);
        return this;
    }

    private static SessionException Refusal(SessionError broken, string field, string? value, int index = 0) =>
        new(broken)
        {
            Fault = new FieldFault(
                field.Replace("[]", string.Create(CultureInfo.InvariantCulture, $"[{index}]"), StringComparison.Ordinal),
                HarmlessValues.Of(field, value)
            ),
        };
}
