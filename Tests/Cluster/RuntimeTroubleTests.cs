using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>
/// Orleans asks the database of the membership where a grain is, and lets the caller of that grain have the error when
/// the database is away at that moment. A silo that was declared dead knows no silo for any grain. Found by the storm:
/// clients ended with 'Could not find a codec for type Npgsql.NpgsqlException' and 'No active nodes are compatible with
/// grain owf.gateway'.
/// </summary>
public sealed class RuntimeTroubleTests : IAsyncLifetime
{
    private static readonly Func<Exception>[] Fails =
    [
        static () => new NpgsqlException("Exception while reading from stream"),
        static () => new OrleansException("No active nodes are compatible with grain owf.gateway."),
        static () => new NpgsqlException("Failed to connect"),
    ];

    private static readonly string[] Methods = ["StartAsync", "SendAsync", "GetStatusAsync"];

    private readonly ConcurrentDictionary<string, int> _failures = new();
    private TestCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _cluster = await TestCluster.StartAsync(add: workflows =>
            workflows.Services.AddSingleton<IIncomingGrainCallFilter>(new Trouble(FailFirstAsync)));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Client_RuntimePassesOnErrorsOfTheDatabase_TriesAgain()
    {
        var handle = await _cluster.Client.StartAsync(
            Types.Collect,
            new HelloInput("x", Steps: 1),
            cancellationToken: Cancel);
        var status = await handle.GetStatusAsync(Cancel);
        await handle.SignalAsync("item", 7, cancellationToken: Cancel);
        var result = await _cluster.Client.GetHandle<HelloOutput>(handle.Id).GetResultAsync(Cancel);

        status.Summary.State.IsTerminal().ShouldBeFalse();
        result.Text.ShouldBe("7");
        _failures.Keys.ShouldBe(Methods, ignoreOrder: true);
        _failures.Values.ShouldAllBe(static calls => calls > Fails.Length);
    }

    private Task FailFirstAsync(IIncomingGrainCallContext call) =>
        Methods.Contains(call.MethodName)
        && _failures.AddOrUpdate(call.MethodName, 1, static (_, calls) => calls + 1) is var number
        && number <= Fails.Length
            ? throw Fails[number - 1]()
            : call.Invoke();

    /// <summary>What Orleans' runtime would do to a call.</summary>
    private sealed class Trouble(Func<IIncomingGrainCallContext, Task> happen) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => happen(context);
    }
}
