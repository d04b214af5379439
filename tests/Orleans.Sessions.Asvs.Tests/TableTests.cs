namespace Orleans.Sessions.Asvs.Tests;

/// <summary>Each requirement has a test with its number, or a reason why it has none. The table in the file is up to date.</summary>
public sealed class TableTests
{
    [Fact]
    public void Each_requirement_is_shown_by_a_test_or_has_a_reason_why_not()
    {
        var shown = Evidence.All.SelectMany(test => test.Requirements).ToHashSet();
        var bare = Requirements.All.Where(one => one is { Gap: null, Elsewhere: null } && !shown.Contains(one.Number));
        Assert.Empty(bare.Select(one => one.Number));
        var twice = Requirements.All.Where(one => one.Elsewhere is not null && (one.Gap is not null || shown.Contains(one.Number)));
        Assert.Empty(twice.Select(one => one.Number));
    }

    [Fact]
    public void Each_number_is_there_once_and_tests_carry_no_others()
    {
        var numbers = Requirements.All.Select(requirement => requirement.Number).ToList();
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.Empty(Evidence.All.SelectMany(test => test.Requirements).Except(numbers));
        Assert.All(Requirements.All, requirement => Assert.InRange(requirement.Level, 1, 2));

        // The number of requirements of release 5.0.0 at levels 1 and 2 in these chapters.
        Assert.Equal(
            [(6, 35), (7, 18), (9, 7), (10, 29), (16, 16)],
            Requirements.All.GroupBy(one => one.Chapter).Select(chapter => (chapter.Key, chapter.Count()))
        );
    }

    [Fact]
    public void Only_tests_that_run_show_anything() => Assert.Empty(Evidence.All.Where(test => !test.Runs).Select(test => test.Name));

    [Fact]
    public void The_table_is_not_out_of_date()
    {
        var made = Table.Write(Requirements.All, Evidence.All);
        var path = Path.Combine(Checkout.Root, "tests/Orleans.Sessions.Asvs.Tests/ASVS.md");
        if (Environment.GetEnvironmentVariable("ASVS_WRITE") == "1")
        {
            File.WriteAllText(path, made);
        }

        Assert.True(
            File.ReadAllText(path) == made,
            "ASVS.md is out of date. Write it again: ASVS_WRITE=1 dotnet run -c Release --project tests/Orleans.Sessions.Asvs.Tests"
        );
    }
}
