using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// What is stuck is seen, with its reason and its age, by the silo's own sweeps. Supervisors that never scan make it
/// so.
/// </summary>
public sealed class AuditTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StuckProcesses Stuck =>
        _cluster.Cluster.Silos[0].ServiceProvider.GetRequiredService<IWorkflowHealth>().Stuck;

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync(
            time: _time,
            configure: static options =>
            {
                options.SupervisorTriggers = SupervisorTriggers.None;
                options.OwnerScanInterval = TimeSpan.FromSeconds(1);
            });
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task LateTimer_IsCountedUntilItFires()
    {
        var id = await StoreAsync("late", ProcessState.Created, due: _time.GetUtcNow());

        await SeenAsync("the age of a timer that is not late yet", static stuck =>
            stuck is { LateTimers: 0, OldestAge.TotalSeconds: > 0 });
        await SeenAsync("the late timer", static stuck =>
            stuck is { LateTimers: 1, Total: 1, OldestAge.TotalSeconds: >= 30 });
        await PokeAsync(id);

        await EndedAsync(id);
    }

    [Fact]
    public async Task LateMessage_IsCountedUntilItIsTakenIn()
    {
        var id = await StoreAsync("listening", ProcessState.Waiting, due: null);
        await SendAsync(id, MessageKind.Signal);
        await SendAsync(id, MessageKind.Pause);

        await SeenAsync("the late signal, and not the pause", static stuck =>
            stuck is { LateMessages: 1, Total: 1, OldestAge.TotalSeconds: >= 30 });
        await PokeAsync(id);

        await SeenAsync("nothing", static stuck => stuck is { Total: 0, OldestAge.Ticks: 0 });
    }

    [Fact]
    public async Task F25_StepOfASiloThatIsGone_IsCountedUntilItIsTakenOver()
    {
        var id = await StoreAsync("orphan", ProcessState.Running, due: null, owner: "127.0.0.1:1@1");

        await SeenAsync("the orphan", static stuck => stuck is { Orphans: 1, Total: 1, OldestAge.TotalSeconds: >= 30 });
        await PokeAsync(id);

        await EndedAsync(id);
    }

    [Fact]
    public async Task StepOfThisSiloThatItDoesNotRun_IsCountedUntilItIsKilled()
    {
        var here = _cluster.Cluster.Silos[0].SiloAddress.ToParsableString();
        var id = await StoreAsync("undriven", ProcessState.Running, due: null, here, type: "nobody/has-this");

        await SeenAsync("the row without a driver", static stuck =>
            stuck is { Undriven: 1, Total: 1, OldestAge.TotalSeconds: >= 30 });
        await SendAsync(id, MessageKind.Kill);
        await PokeAsync(id);

        await EndedAsync(id);
    }

    private Task PokeAsync(ProcessId id) => _cluster.Grains.GetGrain<IProcessGrain>(id.Value).PokeAsync(null);

    private async Task SendAsync(ProcessId id, MessageKind kind) =>
        (
            await _cluster.Store.SendAsync(
                new InboxMessage
                {
                    Receiver = id,
                    MessageId = $"m:{kind}",
                    Kind = kind,
                    Name = "elsewhere",
                    SentAt = _time.GetUtcNow(),
                },
                Cancel)
        ).Status.ShouldBe(MessageStatus.Stored);

    private async Task EndedAsync(ProcessId id)
    {
        await Eventually.TrueAsync("it has ended", async () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return (await _cluster.Store.LoadAsync(id, Cancel))!.Row.State.IsTerminal();
        });
        await SeenAsync("nothing", static stuck => stuck is { Total: 0, OldestAge.Ticks: 0 });
    }

    /// <summary>Each audit sees the clock ten seconds further on.</summary>
    private Task SeenAsync(string what, Func<StuckProcesses, bool> expected)
    {
        var seen = Stuck;
        return Eventually.TrueAsync($"the audit finds {what}", () =>
        {
            if (expected(Stuck))
            {
                return Task.FromResult(true);
            }

            if (Stuck is var now && !ReferenceEquals(now, seen))
            {
                seen = now;
                _time.Advance(TimeSpan.FromSeconds(10));
            }

            return Task.FromResult(false);
        });
    }

    private async Task<ProcessId> StoreAsync(
        string id,
        ProcessState state,
        DateTimeOffset? due,
        string? owner = null,
        string? type = null)
    {
        var wait = state switch
        {
            ProcessState.Created => $$$""","wait":{"kind":1,"then":"","until":"{{{due:O}}}"}""",
            ProcessState.Waiting => ""","wait":{"kind":2,"then":"RunAsync","signal":"go"}""",
            _ => "",
        };
        var now = _time.GetUtcNow();
        var row = new ProcessRow
        {
            Id = ProcessId.Parse(id),
            RunId = "run",
            Type = type ?? Types.Hello.Name,
            DefinitionVersion = 1,
            State = state,
            Root = ProcessId.Parse(id),
            CreatedAt = now,
            UpdatedAt = now,
            DueAt = due,
            Owner = owner,
            Version = 1,
            StartRequestId = "request",
            Input = """{"name":"late"}"""u8.ToArray(),
            Checkpoint = System.Text.Encoding.UTF8.GetBytes(
                $$$"""{"format":1,"position":"{{{(state == ProcessState.Created ? "" : "RunAsync")}}}"{{{wait}}}}"""),
        };
        var commit = new ProcessCommit
        {
            OperationId = Guid.CreateVersion7(),
            Row = row,
            ExpectedVersion = 0,
            History = [new HistoryEvent(HistoryKind.Created)],
        };
        (await _cluster.Store.CommitAsync(commit, Cancel)).Status.ShouldBe(CommitStatus.Done);
        return row.Id;
    }
}
