using System.Globalization;
using System.Text.RegularExpressions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Postgres;
using Orleans.Workflows.Storage.Postgres;

namespace Orleans.Workflows.StorageTests.Postgres;

/// <summary>What each statement costs, read from the plans that the server itself logs while the store works.</summary>
public sealed partial class PostgresPlanTests : IAsyncLifetime
{
    private const int Rows = 20_000;

    private PostgresServer _server = null!;
    private PostgresProcessStore _store = null!;
    private string _database = "";
    private long _logStart;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartAsync(
            new PostgresServerOptions
            {
                Settings =
                [
                    "session_preload_libraries=auto_explain",
                    "auto_explain.log_min_duration=0",
                    "auto_explain.log_analyze=on",
                    "auto_explain.log_nested_statements=on",
                ],
            },
            Token);
        _database = await _server.CreateDatabaseAsync("plans", cancellationToken: Token);
        await PostgresSchema.ApplyAsync(_database, Token);
        _store = PostgresSource.Open(_database);
        await _store.InitializeAsync(Token);
        await FillAsync();
        _logStart = new FileInfo(Log).Length;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    private string Log => Path.Combine(_server.Folder, "log");

    [Fact]
    public async Task N29_EveryScanAndList_GoesByAnIndex_AndReadsLittleMoreThanItReturns()
    {
        var (tree, tag) = (ProcessId.Parse("tree"), new Dictionary<string, string> { ["customer"] = "rare" });
        await _store.LoadAsync(tree, Token);
        await _store.ReadHeadAsync(tree, Token);
        await _store.ReadInboxAsync(tree, Token);
        await _store.ReadMessageAsync(tree, "m", Token);
        await _store.ReadChildrenAsync(tree, 0, Token);
        await _store.ReadHistoryAsync(tree, 0, 100, Token);
        await _store.ReadReportsAsync(tree, tree: false, ReportLevel.Report, 10, 100, Token);
        await _store.ReadReportsAsync(tree, tree: true, ReportLevel.Report, 10, 100, Token);
        await _store.ScanDueAsync(SliceRange.All, A.Noon.AddYears(1), null, 100, Token);
        await _store.ScanDueAsync(
            SliceRange.All,
            A.Noon.AddYears(1),
            new DueProcess(ProcessId.Parse("w00500"), A.Noon.AddSeconds(500), new NeededType("order", 1)),
            100,
            Token);
        await _store.ListOwnersAsync(Token);
        await _store.ScanOwnedAsync("silo-1", SliceRange.All, ProcessId.Parse("p05000"), 100, Token);
        await _store.ScanUnseenAsync(SliceRange.All, A.Noon.AddYears(1), 10, 100, Token);
        foreach (
            var query in (ProcessQuery[])
                [
                    new(),
                    new() { Order = ProcessOrder.OldestFirst },
                    new() { Type = "rare" },
                    new() { States = [ProcessState.Waiting, ProcessState.Excepted] },
                    new() { Paused = true },
                    new() { HasIncident = true },
                    new() { Parent = tree },
                    new() { Root = tree },
                    new() { Tags = tag },
                    new() { CreatedFrom = A.Noon.AddSeconds(300), CreatedBefore = A.Noon.AddSeconds(400) },
                    new() { IdPrefix = "p0123" },
                    new() { RootsOnly = true },
                ])
        {
            var page = await _store.ListAsync(query with { PageSize = 50 }, Token);
            if (page.Next is not null)
            {
                await _store.ListAsync(query with { PageSize = 50, Continue = page.Next }, Token);
            }
        }

        await _store.PurgeAsync(A.Noon.AddYears(1), 5, Token);
        var rows = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async i => (await _store.LoadAsync(ProcessId.Parse($"p{i:00000}"), Token))!.Row));
        await Task.WhenAll(
            rows.Select(
                (row, i) =>
                    _store.CommitAsync(
                        A.Step(row) with
                        {
                            Children = [A.ChildOf(row, 0, 0)],
                            Messages = [A.Signal(rows[(i + 1) % 50].Id, $"m{i}")],
                            Reports = [new ReportLine(A.Noon, ReportLevel.Report, "first", 1, "said")],
                            Marks = [new MessageMark("none", MessageSeen.Consumed)],
                            CloseInbox = true,
                            ToChildren =
                            [
                                A.Control(row.Id, "pause", MessageKind.Pause),
                                A.Control(row.Id, "kill", MessageKind.Kill),
                            ],
                        },
                        Token)));
        await _store.SendAsync(A.Signal(rows[0].Id, "sent"), Token);

        // Plans are logged when their statements end; the last one's is there when a later statement's is.
        var plans = await PlansAsync();
        plans.Count.ShouldBeGreaterThan(40);
        plans.ShouldAllBe(static plan => !ReadsAllOf().IsMatch(plan));
        plans.ShouldAllBe(static plan => RowsRead(plan) < 1_000);
    }

    [Fact]
    public async Task Steps_OfLongProcesses_AreHeapOnlyUpdates()
    {
        await Sql.RunAsync(_database, "SELECT pg_stat_reset()");
        await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(async i =>
                {
                    var insert = A.Insert(A.Row($"long{i}"));
                    (await _store.CommitAsync(insert, Token)).Status.ShouldBe(CommitStatus.Done);
                    var row = insert.Row;
                    for (var step = 0; step < 99; step++)
                    {
                        var commit = A.Step(
                            row with
                            {
                                Checkpoint = new byte[400 + step],
                                StatusText = $"step {step}",
                                UpdatedAt = A.Noon.AddSeconds(step),
                            });
                        (await _store.CommitAsync(commit, Token)).Status.ShouldBe(CommitStatus.Done);
                        row = commit.Row;
                    }

                    (await _store.CommitAsync(A.Step(row.Ended(A.Noon.AddHours(1))), Token)).Status.ShouldBe(
                        CommitStatus.Done);
                }));

        // A backend reports its counts when it is idle, at the latest when it ends.
        await _store.DisposeAsync();
        await Eventually.TrueAsync(
            "5,000 updates are counted",
            async () =>
                await Sql.ReadAsync(
                    _database,
                    "SELECT (n_tup_upd >= 5000)::text FROM pg_stat_user_tables WHERE relname = 'process'") == "true");
        var share = double.Parse(
            (
                await Sql.ReadAsync(
                    _database,
                    "SELECT (100.0 * n_tup_hot_upd / n_tup_upd)::text FROM pg_stat_user_tables WHERE relname = "
                    + "'process'")
            )!,
            CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"{share:0.0} % of the updates are heap-only.");
        share.ShouldBeGreaterThanOrEqualTo(95);
    }

    [GeneratedRegex(@"Seq Scan on (process|history|inbox)\b")]
    private static partial Regex ReadsAllOf();

    [GeneratedRegex(@"rows=(\d+) loops=(\d+)\)|Rows Removed by (?:Filter|Index Recheck|Join Filter): (\d+)")]
    private static partial Regex RowCount();

    /// <summary>The rows of the step of a plan that has the most, those included that a filter threw away.</summary>
    private static long RowsRead(string plan) => RowCount().Matches(plan).Max(static match =>
        match.Groups[3].Success ? Number(match, 3) : Number(match, 1) * Number(match, 2));

    private static long Number(Match match, int group) =>
        long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private async Task<List<string>> PlansAsync()
    {
        const string Marker = "SELECT 'the last plan'";
        await Sql.RunAsync(_database, Marker);
        var text = "";
        await Eventually.TrueAsync(
            "the plan of the last statement is logged",
            async () =>
            {
                await using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                log.Position = _logStart;
                using var reader = new StreamReader(log);
                return (text = await reader.ReadToEndAsync(Token)).Contains(Marker, StringComparison.Ordinal);
            });
        return
        [
            .. text.Split("LOG:  duration:")
                .Skip(1)
                .Where(static plan =>
                    plan.Contains("plan:", StringComparison.Ordinal)
                    && !plan.Contains(Marker, StringComparison.Ordinal)),
        ];
    }

    /// <summary>Makes a database in which reading a whole table would show.</summary>
    private async Task FillAsync()
    {
        await Sql.RunAsync(
            _database,
            $$"""
            INSERT INTO process (id, run_id, type, definition_version, state, paused, incident, root, parent,
                parent_step, parent_index, created_at, updated_at, finished_at, due_at, owner, slice, version,
                last_operation, start_request_id, tags, input, checkpoint)
            SELECT id, 'run-1', CASE WHEN i % 500 = 0 THEN 'rare' ELSE 'order' END, 1, state, i % 400 = 3,
                CASE WHEN i % 400 = 3 THEN 1 END,
                CASE WHEN i % 1000 = 7 THEN 'tree' WHEN i % 4 = 1 THEN 'other' || i % 50 ELSE id END,
                CASE WHEN i % 1000 = 7 THEN 'tree' WHEN i % 4 = 1 THEN 'other' || i % 50 END,
                CASE WHEN i % 1000 = 7 OR i % 4 = 1 THEN 0 END, CASE WHEN i % 1000 = 7 OR i % 4 = 1 THEN i END,
                timestamptz '{{A.Noon:O}}' + i * interval '1 second', timestamptz '{{A.Noon:O}}',
                CASE WHEN state = 3 THEN timestamptz '{{A.Noon:O}}' + i * interval '1 second' END,
                CASE WHEN state = 2 AND i % 400 <> 3 THEN timestamptz '{{A.Noon:O}}' + i * interval '1 second' END,
                CASE WHEN state = 1 AND i % 400 <> 3 THEN 'silo-' || i % 3 END, i % 256, 1, gen_random_uuid(),
                'start-' || i,
                CASE WHEN i % 700 = 0 THEN '{"customer":"rare"}' ELSE '{}' END::jsonb, ''::bytea, ''::bytea
            FROM (SELECT i, CASE i % 3 WHEN 0 THEN 1 WHEN 1 THEN 2 ELSE 3 END AS state,
                CASE WHEN i % 3 = 1 THEN 'w' ELSE 'p' END || lpad(i::text, 5, '0') AS id FROM generate_series(0, {{Rows
                - 1}}) AS i) AS g;
            UPDATE process SET id = 'p' || substr(id, 2) WHERE substr(id, 2)::integer < 50;
            UPDATE process SET state = 1, paused = false, incident = NULL, owner = 'silo-1', due_at = NULL,
                finished_at = NULL WHERE id < 'p00050';
            UPDATE process SET root = id, parent = NULL WHERE id < 'p00050';
            INSERT INTO process (id, run_id, type, definition_version, state, paused, root, created_at, updated_at,
                slice, version, last_operation, start_request_id, tags, input, checkpoint)
            VALUES ('tree', 'run-1', 'order', 1, 2, false, 'tree', timestamptz '{{A.Noon:O}}',
                timestamptz '{{A.Noon:O}}', 1, 1, gen_random_uuid(), 'start', '{"customer":"other"}', '', '');
            INSERT INTO history (number, version, at, events) SELECT number, 1, created_at, '[]' FROM process;
            INSERT INTO report (number, version, at, ordinal, attempt, level, position, text)
                SELECT number, 1, created_at, n, 1, n % 6 + 1, 'first', 'said' FROM process, generate_series(0, 5) AS n;
            INSERT INTO inbox (process_id, message_id, slice, kind, sent_at, seen, payload)
                SELECT id, 'm', slice, 1, created_at, number % 4, '' FROM process;
            ANALYZE;
            """);
    }
}
