namespace Orleans.Sessions;

/// <summary>
/// Every error of this service, in one table: id, code, text. Clients check for the ids, so the id of a row never changes. The rows are in
/// a file for each area, <c>SessionErrors.Users.cs</c> and so on.
/// </summary>
public static partial class SessionErrors;
