using Orleans.Workflows.StorageTests.Postgres;

namespace Orleans.Workflows.StorageTests.AdoNet;

/// <summary>Orleans' reminder provider on our tables.</summary>
public sealed class ReminderTableTests(PostgresFixture fixture) : IAsyncLifetime
{
    private static readonly DateTime StartAt = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private string _database = "";
    private OrleansProviders _providers = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IReminderTable Table => _providers.Reminders;

    public async ValueTask InitializeAsync()
    {
        _database = await fixture.CreateDatabaseAsync(nameof(ReminderTableTests));
        _providers = await OrleansProviders.OpenAsync(_database);
    }

    public ValueTask DisposeAsync()
    {
        _providers.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Upsert_Again_ReplacesTheReminderAndItsETag()
    {
        var first = await Table.UpsertRow(Reminder(1, TimeSpan.FromMinutes(1)), Cancel);
        var second = await Table.UpsertRow(Reminder(1, TimeSpan.FromDays(60)), Cancel);

        second.ShouldNotBe(first);
        var read = await Table.ReadRow(Grain(1), "scan", Cancel);
        read.ShouldNotBeNull();
        (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag).ShouldBe(
            (Grain(1), "scan", StartAt, TimeSpan.FromDays(60), second!));
        (await Table.ReadRows(Grain(1), Cancel)).Reminders.ShouldHaveSingleItem();
        (await Table.ReadRow(Grain(2), "scan", Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Remove_WithAnOldETag_IsRefused()
    {
        var old = await Table.UpsertRow(Reminder(1), Cancel);
        var current = await Table.UpsertRow(Reminder(1), Cancel);

        (await Table.RemoveRow(Grain(1), "scan", old!, Cancel)).ShouldBeFalse();
        (await Table.RemoveRow(Grain(1), "scan", current!, Cancel)).ShouldBeTrue();
        (await Table.RemoveRow(Grain(1), "scan", current!, Cancel)).ShouldBeFalse();

        (await Table.ReadRows(Grain(1), Cancel)).Reminders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ranges_BeginAfterTheirFirstHashAndEndWithTheirLast()
    {
        const int Count = 60;
        for (var index = 0; index < Count; index++)
        {
            await Table.UpsertRow(Reminder(index), Cancel);
        }

        var hashes = Enumerable
            .Range(0, Count)
            .Select(static index => Grain(index).GetUniformHashCode())
            .Order()
            .ToArray();
        var (low, high) = (hashes[Count / 4], hashes[3 * Count / 4]);

        (await HashesAsync(low, high)).ShouldBe(hashes.Where(hash => hash > low && hash <= high));
        (await HashesAsync(high, low)).ShouldBe(
            hashes.Where(hash => hash > high || hash <= low),
            "the range goes over the end of the ring");
        (await HashesAsync(0, 0)).ShouldBe(hashes, "an empty range is the whole ring");
        (await HashesAsync(low, low)).ShouldBe(hashes, "an empty range is the whole ring");
        (await HashesAsync(0, int.MaxValue)).ShouldBe(hashes.Where(static hash => hash is > 0 and <= int.MaxValue));
        (await HashesAsync(int.MaxValue, 0)).ShouldBe(hashes.Where(static hash => hash is > int.MaxValue or 0));
    }

    [Theory]
    [InlineData("ReadRangeRows1Key")]
    [InlineData("ReadRangeRows2Key")]
    public async Task Ranges_OfALargeTable_AreReadByIndex(string key)
    {
        await Sql.RunAsync(
            _database,
            "INSERT INTO OrleansRemindersTable SELECT 'orleans-workflows', 'g' || n, 'r', now(), 1000, hashint4(n), 0 "
            + "FROM generate_series(1, 20000) n; ANALYZE OrleansRemindersTable");
        var query = (await Sql.ReadAsync(_database, $"SELECT QueryText FROM OrleansQuery WHERE QueryKey = '{key}'"))!
            .Replace("@ServiceId", "'orleans-workflows'", StringComparison.Ordinal)
            .Replace("@BeginHash", "2100000000", StringComparison.Ordinal)
            .Replace("@EndHash", key.Contains('1') ? "2110000000" : "-2100000000", StringComparison.Ordinal);

        var plan = await Sql.ReadAsync(_database, $"EXPLAIN (FORMAT JSON) {query}");

        plan.ShouldNotBeNull();
        plan.ShouldContain("orleansreminderstable_hash");
        plan.ShouldNotContain("Seq Scan");
    }

    private static GrainId Grain(int index) => GrainId.Create("test", $"{index}");

    private static ReminderEntry Reminder(int index, TimeSpan? period = null) => new()
    {
        GrainId = Grain(index),
        ReminderName = "scan",
        StartAt = StartAt,
        Period = period ?? TimeSpan.FromMinutes(1),
    };

    private async Task<IEnumerable<uint>> HashesAsync(uint begin, uint end) =>
        (await Table.ReadRows(begin, end, Cancel))
            .Reminders.Select(static reminder => reminder.GrainId.GetUniformHashCode())
            .Order();
}
