using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.StorageTests.Sqlite;

/// <summary>The schema at the start.</summary>
public sealed class SqliteSchemaTests : SqliteTest
{
    [Fact]
    public async Task Verify_WithoutADatabase_RefusesAndNamesTheFile()
    {
        var error = await Should.ThrowAsync<StoreUnavailableException>(() =>
            OpenAsync(static o => o.Schema = StoreSchema.Verify));

        error.Message.ShouldContain(Source.File);
        File.Exists(Source.File).ShouldBeFalse();
    }

    [Fact]
    public async Task Verify_OfAnEmptyDatabase_RefusesAndNamesTheRemedy()
    {
        await File.WriteAllBytesAsync(Source.File, [], Token);

        var error = await Should.ThrowAsync<StoreUnavailableException>(() =>
            OpenAsync(static o => o.Schema = StoreSchema.Verify));

        error.Message.ShouldContain("0001-processes.sql");
        error.Message.ShouldContain("Workflows:Schema=Apply");
    }

    [Fact]
    public async Task Apply_ScriptThatFails_IsNamedAndChangesNothing()
    {
        await using (var connection = new SqliteConnection($"Data Source={Source.File};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var create = new SqliteCommand("CREATE TABLE inbox (mine INTEGER)", connection);
            await create.ExecuteNonQueryAsync(Token);
        }

        var error = await Should.ThrowAsync<StoreUnavailableException>(() => OpenAsync());

        error.Message.ShouldContain("0001-processes.sql");
        error.Message.ShouldContain("Nothing was changed");
    }

    [Fact]
    public async Task Verify_AfterApply_Opens()
    {
        var row = await StoredAsync(await OpenAsync(), A.Row("p"));

        var verified = await OpenAsync(static o => o.Schema = StoreSchema.Verify);

        (await verified.LoadAsync(row.Id, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Apply_OfSeveralStoresAtOnce_AllOpen()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => OpenAsync(), Token)));

        await Task.WhenAll(stores.Select((s, i) => StoredAsync(s, A.Row($"p{i}"))));

        (await stores[0].ListAsync(new(), Token)).Items.Count.ShouldBe(6);
    }

    /// <summary>A host may have the store without the silo, whose data folder is closed by itself.</summary>
    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Apply_MakesTheFolder_ThatIsItsUsersAlone_AsAreItsFiles()
    {
        var file = Path.Combine(Path.GetDirectoryName(Source.File)!, "a", "b", "w.db");

        await StoredAsync(await OpenAsync(o => o.Path = file), A.Row("p"));

        var folder = new FileInfo(file).Directory!;
        folder.UnixFileMode.ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var files = folder.GetFiles();
        files.Select(static made => made.Name).ShouldBe(["w.db", "w.db-shm", "w.db-wal"], ignoreOrder: true);
        files.ShouldAllBe(static made => made.UnixFileMode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Open_OfAFileThatIsNoDatabase_RefusesAndNamesIt()
    {
        await File.WriteAllTextAsync(Source.File, new string('x', 8_192), Token);

        (await Should.ThrowAsync<StoreUnavailableException>(() => OpenAsync())).Message.ShouldContain(Source.File);
    }

    [Theory]
    [InlineData("", 1, null, "Path")]
    [InlineData(":memory:", 1, null, "Path")]
    [InlineData("x.db", 0, null, "MaxQueue")]
    [InlineData("x.db", 1, 100L, "MaxDatabaseBytes")]
    public void Options_ThatDoNotFit_AreNamed(string path, int queue, long? bytes, string name) =>
        Should
            .Throw<ArgumentException>(() =>
                Create(o => (o.Path, o.MaxQueue, o.MaxDatabaseBytes) = (path, queue, bytes)))
            .Message.ShouldContain(name);
}
