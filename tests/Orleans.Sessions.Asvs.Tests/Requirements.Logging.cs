namespace Orleans.Sessions.Asvs.Tests;

/// <content>V16.</content>
public static partial class Requirements
{
    private static readonly Requirement[] s_logging =
    [
        new("16.1.1", 2, "An inventory says what is logged where, in which form, for whom and how long"),
        new("16.2.1", 2, "Entries say when, where, who and what"),
        new("16.2.2", 2, "Times are UTC, from synchronized clocks") { Note = "To keep the clocks together is the operator's." },
        new("16.2.3", 2, "Logs go only where the inventory says"),
        new("16.2.4", 2, "Logs can be read and correlated by machines")
        {
            Note = "One line each with key=value for events, or JSON by a setting.",
        },
        new("16.2.5", 2, "Secrets are not logged, session ids only as hashes"),
        new("16.3.1", 2, "Each login, good or not, is logged with its factor"),
        new("16.3.2", 2, "Refused calls are logged"),
        new("16.3.3", 2, "The documented security events are logged, and attempts to get around controls")
        {
            Note =
                "Malformed requests of people who are known are answered and not recorded; protocols' messages that are not "
                + "accepted are.",
        },
        new("16.3.4", 2, "Unexpected errors and failures of controls are logged"),
        new("16.4.1", 2, "Nothing in an entry can look like another one"),
        new("16.4.2", 2, "Logs are kept from unauthorized eyes and hands")
        {
            Note = "No call changes or removes an event. Who administers the database or reads standard output is trusted.",
        },
        new("16.4.3", 2, "Logs are sent to a separate system")
        {
            Gap = "The service writes to standard output; what collects it, and sends it on by TLS, is the operator's and not shown here.",
        },
        new("16.5.1", 2, "Answers to unexpected errors say nothing of the inside"),
        new("16.5.2", 2, "The service stays secure when others fail"),
        new("16.5.3", 2, "Failures close, they do not open"),
    ];
}
