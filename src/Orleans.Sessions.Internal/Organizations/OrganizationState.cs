namespace Orleans.Sessions;

/// <summary>The state of an organization. The numbers are those of <c>zitadel.org.v2.OrganizationState</c>.</summary>
public enum OrganizationState
{
    /// <summary>Not recorded, which means active.</summary>
    Unspecified = 0,

    /// <summary>Its people may log in.</summary>
    Active = 1,

    /// <summary>It is deactivated: its people cannot log in, and their sessions have ended or are ending.</summary>
    Inactive = 2,

    /// <summary>It is deleted: its people are deleted or are being deleted.</summary>
    Removed = 3,
}
