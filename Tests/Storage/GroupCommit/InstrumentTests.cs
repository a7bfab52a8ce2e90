using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.GroupCommit;

namespace Orleans.Workflows.StorageTests.GroupCommit;

/// <summary>What group commit measures while somebody listens.</summary>
public sealed class InstrumentTests : WriteGroupTest, IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ConcurrentQueue<int> _items = [];
    private readonly ConcurrentQueue<double> _seconds = [];

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Batch_IsMeasuredBeforeItsCallersKnow()
    {
        using var listener = Listen(item => _items.Enqueue(item));
        var database = new FakeDatabase();
        var (begun, goOn) = HoldFirst(database);
        await using var group = Start(database, meters: Meters);
        var first = InsertAsync(group, "first");
        await begun.Task;
        var rest = ((string[])["a", "b", "c"]).Select(id => InsertAsync(group, id)).ToList();

        goOn.SetResult();

        await Task.WhenAll(rest.Prepend(first));
        _items.ShouldBe([1, 3]);
        _seconds.Count.ShouldBe(2);
        _seconds.ShouldAllBe(static seconds => seconds > 0);
    }

    [Fact]
    public async Task Listener_ThatThrows_DoesNotEndTheWriter()
    {
        using var listener = Listen(static _ => throw new NotSupportedException("scripted fault of a listener"));
        await using var group = Start(new FakeDatabase(), meters: Meters);

        var first = await InsertAsync(group, "a").WaitAsync(TimeSpan.FromSeconds(10), Token);
        var second = await InsertAsync(group, "b").WaitAsync(TimeSpan.FromSeconds(10), Token);

        (first.Status, second.Status).ShouldBe((CommitStatus.Done, CommitStatus.Done));
    }

    [Fact]
    public async Task Locked_TellsHowManyWritesWaitForLocks_AsLongAsTheyDo()
    {
        var waiting = 0;
        using var listener = Listen(item => waiting = item, "orleans.workflows.store.locked");
        var database = new FakeDatabase();
        foreach (var id in (string[])["a", "b", "c"])
        {
            database.Rows[ProcessId.Parse(id)] = (1, A.Insert(A.Row(id)).OperationId);
        }

        database.Locked[ProcessId.Parse("a")] = true;
        database.Locked[ProcessId.Parse("b")] = true;
        await using var group = Start(database, meters: Meters);
        Waiting().ShouldBe(0);

        var steps = ((string[])["a", "b", "c"]).Select(id => group.CommitAsync(A.Step(A.Row(id)), Token)).ToList();

        (await steps[2]).Status.ShouldBe(CommitStatus.Done);
        await Eventually.TrueAsync("two writes are told to wait", () => Waiting() == 2);
        database.Locked.Clear();
        (await Task.WhenAll(steps)).ShouldAllBe(static r => r.Status == CommitStatus.Done);
        await Eventually.TrueAsync("none is any more", () => Waiting() == 0);

        int Waiting()
        {
            listener.RecordObservableInstruments();
            return waiting;
        }
    }

    [Fact]
    public void Clock_WhileNobodyListens_IsNotRead() =>
        new WriteInstruments(Meters, static () => 0).Begin().ShouldBeNull();

    private MeterListener Listen(Action<int> batch, string names = "orleans.workflows.store.batch.")
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                // Other tests have meters of the same name at the same time.
                if (
                    instrument.Meter.Scope == Meters
                    && instrument.Name.StartsWith(names, StringComparison.Ordinal))
                {
                    me.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, items, _, _) => batch(items));
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => _seconds.Enqueue(seconds));
        listener.Start();
        return listener;
    }
}
