using Orleans.Storage;
using Orleans.Workflows.StorageTests.Postgres;

namespace Orleans.Workflows.StorageTests.AdoNet;

/// <summary>Orleans' grain storage on our table: no write is lost to another one.</summary>
public sealed class GrainStorageTests(PostgresFixture fixture) : IAsyncLifetime
{
    private const string State = "settings";

    private static readonly GrainId Id = GrainId.Create("test", "1");

    private string _database = "";
    private OrleansProviders _providers = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IGrainStorage Storage => _providers.Storage;

    public async ValueTask InitializeAsync()
    {
        _database = await fixture.CreateDatabaseAsync(nameof(GrainStorageTests));
        _providers = await OrleansProviders.OpenAsync(_database);
    }

    public ValueTask DisposeAsync()
    {
        _providers.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Write_ThenRead_GivesStateAndETagBack()
    {
        var written = new GrainState<List<int>>([1, 2, 3]);
        await Storage.WriteStateAsync(State, Id, written, Cancel);
        written.State = [4];
        await Storage.WriteStateAsync(State, Id, written, Cancel);

        var read = new GrainState<List<int>>();
        await Storage.ReadStateAsync(State, Id, read, Cancel);

        read.State.ShouldBe([4]);
        (read.ETag, read.RecordExists).ShouldBe(("2", true));
    }

    [Fact]
    public async Task FirstWrites_AtOnce_AreOneWriteAndConflicts()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            try
            {
                await Storage.WriteStateAsync(State, Id, new GrainState<List<int>>([writer]), Cancel);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }));

        outcomes.Count(static written => written).ShouldBe(1);
        (await Sql.ReadAsync(_database, "SELECT count(*)::text FROM OrleansStorage")).ShouldBe("1");
    }

    [Fact]
    public async Task Write_WithAnOldETag_IsAConflict()
    {
        var mine = new GrainState<List<int>>([1]);
        await Storage.WriteStateAsync(State, Id, mine, Cancel);
        var others = new GrainState<List<int>>();
        await Storage.ReadStateAsync(State, Id, others, Cancel);
        others.State = [2];
        await Storage.WriteStateAsync(State, Id, others, Cancel);

        mine.State = [3];
        await Should.ThrowAsync<InconsistentStateException>(() => Storage.WriteStateAsync(State, Id, mine, Cancel));

        var read = new GrainState<List<int>>();
        await Storage.ReadStateAsync(State, Id, read, Cancel);
        read.State.ShouldBe([2]);
    }

    [Fact]
    public async Task Write_OfARowThatIsGone_IsAConflict()
    {
        var state = new GrainState<List<int>>([1]);
        await Storage.WriteStateAsync(State, Id, state, Cancel);
        await Sql.RunAsync(_database, "DELETE FROM OrleansStorage");

        await Should.ThrowAsync<InconsistentStateException>(() => Storage.WriteStateAsync(State, Id, state, Cancel));
    }

    [Fact]
    public async Task Clear_ThenWrite_GoesOnWithTheETag()
    {
        var state = new GrainState<List<int>>([1]);
        await Storage.WriteStateAsync(State, Id, state, Cancel);
        await Storage.ClearStateAsync(State, Id, state, Cancel);
        var cleared = new GrainState<List<int>>();
        await Storage.ReadStateAsync(State, Id, cleared, Cancel);

        state.State = [2];
        await Storage.WriteStateAsync(State, Id, state, Cancel);

        (cleared.RecordExists, cleared.ETag, state.ETag).ShouldBe((false, "2", "3"));
    }

    [Fact]
    public async Task States_OfOtherGrainsAndNames_AreApart()
    {
        await Storage.WriteStateAsync(State, Id, new GrainState<List<int>>([1]), Cancel);
        await Storage.WriteStateAsync("another", Id, new GrainState<List<int>>([2]), Cancel);
        await Storage.WriteStateAsync(State, GrainId.Create("test", "2"), new GrainState<List<int>>([3]), Cancel);

        var read = new GrainState<List<int>>();
        await Storage.ReadStateAsync(State, Id, read, Cancel);

        read.State.ShouldBe([1]);
    }
}
