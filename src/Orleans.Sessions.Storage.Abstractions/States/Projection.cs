using System.Collections.Immutable;

namespace Orleans.Sessions.States;

/// <summary>What the database must know about a stored state besides its JSON.</summary>
/// <param name="Columns">The columns of its row, by which it is found.</param>
/// <param name="Effects">Rows of other tables that the change adds, replaces or deletes, in this order.</param>
public sealed record Projection(StateColumns Columns, ImmutableArray<StateEffect> Effects);

/// <summary>Makes the projection of a change. <paramref name="before"/> is the stored record; <c>null</c> if there is none.</summary>
/// <typeparam name="T">The type of the record.</typeparam>
public delegate Projection Projector<T>(T? before, T after)
    where T : class;
