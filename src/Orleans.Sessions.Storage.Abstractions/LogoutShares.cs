namespace Orleans.Sessions.Storage;

/// <summary>The number of entries that one call takes.</summary>
/// <param name="Total">The maximum number of entries in all.</param>
/// <param name="OfEach">The maximum number of entries of one client.</param>
/// <param name="Busy">The clients whose entries are not taken.</param>
public sealed record LogoutShares(int Total, int OfEach, IReadOnlyCollection<string> Busy);
