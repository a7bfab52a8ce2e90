namespace Orleans.Workflows.StorageTests.Hosting;

/// <summary>The bounds of the stores' options: at each, and one beyond.</summary>
public sealed class StoreOptionsTests
{
    public static TheoryData<Action<SqliteStoreOptions>, string?> OfSqlite =>
        new()
        {
            { static options => options.Path = " ", "Path is ' '" },
            { static options => options.Path = "file::Memory:?cache=shared", "call UseMemoryProcessStore" },
            { static options => options.MaxQueue = 1, null },
            { static options => options.MaxQueue = 0, "MaxQueue is 0: set it to 1 or more." },
            { static options => options.MaxDatabaseBytes = 64 * 1024, null },
            { static options => options.MaxDatabaseBytes = (64 * 1024) - 1, "MaxDatabaseBytes is 65535" },
            { static options => options.BusyTimeout = TimeSpan.Zero, null },
            { static options => options.BusyTimeout = TimeSpan.FromMinutes(5), null },
            { static options => options.BusyTimeout = TimeSpan.FromTicks(-1), "set it to 0 to 5 minutes." },
            { static options => options.BusyTimeout = TimeSpan.FromMinutes(6), "BusyTimeout is 00:06:00" },
        };

    public static TheoryData<Action<PostgresStoreOptions>, string?> OfPostgres =>
        new()
        {
            { static options => options.MaxQueue = 1, null },
            { static options => options.MaxQueue = 0, "MaxQueue is 0: set it to 1 or more." },
            { static options => options.ConnectionString = "Database=d", "ConnectionString names no Host." },
            { static options => options.ConnectionString = "Host=h;Database=d;Port=x", "cannot be read" },
        };

    [Theory]
    [MemberData(nameof(OfSqlite))]
    public void SqliteOptions_BeyondABound_AreRefusedByName(Action<SqliteStoreOptions> set, string? fault)
    {
        var options = new SqliteStoreOptions { Path = "never-opened.db" };
        set(options);

        ShouldSay(options.Check, fault);
    }

    [Theory]
    [MemberData(nameof(OfPostgres))]
    public void PostgresOptions_BeyondABound_AreRefusedByName(Action<PostgresStoreOptions> set, string? fault)
    {
        var options = new PostgresStoreOptions { ConnectionString = "Host=h;Database=d" };
        set(options);

        ShouldSay(() => options.Check(), fault);
    }

    private static void ShouldSay(Action check, string? fault)
    {
        if (fault is null)
        {
            Should.NotThrow(check);
        }
        else
        {
            Should.Throw<ArgumentException>(check).Message.ShouldContain(fault);
        }
    }
}
