using Orleans.Sessions.Listing;

namespace Orleans.Sessions.Tests.Listing;

/// <summary>The limits of a user search. Every part of the query counts, however deeply it is nested.</summary>
public sealed class SearchRulesTests
{
    [Theory]
    [InlineData(20, null)]
    [InlineData(21, "QUERY-Deep1")]
    [InlineData(10_000, "QUERY-Deep1")]
    public void At_most_20_conditions(int conditions, string? error)
    {
        UserFilter deep = new UserFilter.Ids(["1"]);
        for (var level = 1; level < conditions; level++)
        {
            deep = new UserFilter.Not(deep);
        }

        var empty = new UserFilter.And([]);
        Assert.Equal(error, ErrorOf(deep));
        Assert.Equal(error, ErrorOf(new UserFilter.Or([.. Enumerable.Repeat(empty, conditions - 1)])));
        Assert.Equal(error, ErrorOf([.. Enumerable.Repeat(empty, conditions)]));
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, "QUERY-Long1")]
    public void At_most_1000_values_in_all_lists(int count, string? error)
    {
        UserFilter emails = new UserFilter.Emails([.. Enumerable.Range(0, 500).Select(number => $"{number}@example.com")]);
        UserFilter ids = new UserFilter.Ids([.. Enumerable.Range(0, count).Select(number => $"{number}")]);
        Assert.Equal(error, ErrorOf(emails, ids));
        Assert.Equal(error, ErrorOf(new UserFilter.Not(new UserFilter.Or([emails, ids]))));
    }

    private static string? ErrorOf(params UserFilter[] filters)
    {
        try
        {
            SearchRules.Ensure(new UserQuery { Filters = [.. filters] });
            return null;
        }
        catch (SessionException exception)
        {
            return exception.Error.Id;
        }
    }
}
