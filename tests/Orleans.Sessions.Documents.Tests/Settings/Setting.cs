namespace Orleans.Sessions.Documents.Tests.Settings;

/// <summary>A key of the configuration, with the section under which it is documented; <c>0</c> stands for the index of a list.</summary>
internal sealed record Setting(string Section, string Key, string Default, string Meaning);
