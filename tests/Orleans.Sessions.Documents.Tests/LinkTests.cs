namespace Orleans.Sessions.Documents.Tests;

/// <summary>No link of a document is dead, as far as it stays inside the project.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Each_link_leads_to_a_file_and_to_a_heading_in_it() =>
        Assert.Empty(from document in Document.All from link in document.Links where IsDead(document, link) select $"{document}: {link}");

    [Fact]
    public void The_readme_is_for_five_minutes() => Assert.InRange(new FileInfo(Checkout.PathOf("README.md")).Length, 1, 10 * 1024);

    private static bool IsDead(Document document, string link)
    {
        if (link.StartsWith("http://", StringComparison.Ordinal) || link.StartsWith("https://", StringComparison.Ordinal))
        {
            return false;
        }

        var hash = link.IndexOf('#', StringComparison.Ordinal);
        var (file, anchor) = hash < 0 ? (link, "") : (link[..hash], link[(hash + 1)..]);
        var source = Checkout.PathOf(document.Path);
        var target = file.Length == 0 ? source : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, file));
        if (!Path.Exists(target))
        {
            return true;
        }

        var path = Path.GetRelativePath(Checkout.Root, target).Replace('\\', '/');
        return anchor.Length > 0 && Document.All.FirstOrDefault(other => other.Path == path)?.Anchors.Contains(anchor) is not true;
    }
}
