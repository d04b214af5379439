namespace Orleans.Sessions.Storage.Tests;

public sealed class EmbeddedDatabaseTests
{
    [Fact]
    public void A_new_folder_and_its_database_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var parent = Directory.CreateTempSubdirectory("sessions-");
        try
        {
            var folder = new DirectoryInfo(Path.Combine(parent.FullName, "data"));
            using var database = EmbeddedDatabase.Take(folder.FullName);

            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(Own | UnixFileMode.UserExecute, folder.UnixFileMode);
            Assert.Equal(Own, new FileInfo(Path.Combine(folder.FullName, EmbeddedDatabase.DatabaseFile)).UnixFileMode);
        }
        finally
        {
            parent.Delete(recursive: true);
        }
    }
}
