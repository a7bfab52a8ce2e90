using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Messaging;
using Orleans.Workflows.ClientSdk;
using Orleans.Workflows.ClientSdk.Connecting;

namespace Orleans.Workflows.Unit.ClientSdk;

/// <summary>The end of a host whose client is not connected yet.</summary>
public sealed class ClusterConnectorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConnectionState _state = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_WhileItConnects_EndsTheAttempt_AndFailsTheCallsThatWait()
    {
        var (connector, client) = Connector();
        using var owned = connector;
        await connector.StartAsync(Cancel);
        await client.Begun.Task.WaitAsync(Patience, Cancel);

        await connector.StopAsync(Cancel).WaitAsync(Patience, Cancel);

        client.Ended.Task.IsCompleted.ShouldBeTrue("the attempt has been called off, and awaited");
        client.Stops.ShouldBe(0, "what was never connected need not be stopped");
        (await Should.ThrowAsync<WorkflowUnavailableException>(() => _state.Connected)).Message.ShouldContain(
            "the host stops");
    }

    [Fact]
    public async Task Stop_WhileAnAttemptDoesNotEnd_LastsAsLongAsTheHostLets()
    {
        var (connector, client) = Connector(ignoresToken: true);
        using var owned = connector;
        await connector.StartAsync(Cancel);
        await client.Begun.Task.WaitAsync(Patience, Cancel);
        using var hostLets = new CancellationTokenSource(TimeSpan.FromMilliseconds(50), TimeProvider.System);

        await connector.StopAsync(hostLets.Token).WaitAsync(Patience, Cancel);

        client.Ended.Task.IsCompleted.ShouldBeFalse();
        client.Ended.SetResult();
    }

    [Fact]
    public async Task Stop_WhenItIsConnected_StopsTheClient()
    {
        var (connector, client) = Connector();
        using var owned = connector;
        client.Connects.SetResult();
        await connector.StartAsync(Cancel);
        await _state.Connected.WaitAsync(Patience, Cancel);

        await connector.StopAsync(Cancel).WaitAsync(Patience, Cancel);

        client.Stops.ShouldBe(1);
    }

    private (ClusterConnector Connector, FakeClient Client) Connector(bool ignoresToken = false)
    {
        var proxy = DispatchProxy.Create<IHostedClient, FakeClient>();
        var client = (FakeClient)proxy;
        client.IgnoresToken = ignoresToken;
        var address = new ClusterAddress([], null, null);
        var connector = new ClusterConnector(
            proxy,
            new OneGateway(),
            address,
            _state,
            new ClusterAwaited(address, _state, NullLogger<ClusterAwaited>.Instance),
            NullLogger<ClusterConnector>.Instance);
        return (connector, client);
    }

    /// <summary>There is a gateway to try.</summary>
    private sealed class OneGateway : IGatewayListProvider
    {
        public TimeSpan MaxStaleness => TimeSpan.FromMinutes(1);

        public bool IsUpdatable => false;

        public Task InitializeGatewayListProvider() => Task.CompletedTask;

        public Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>([new Uri("gwy.tcp://127.0.0.1:30000/0")]);
    }

    /// <summary>As Orleans' client is.</summary>
    public interface IHostedClient : IClusterClient, IHostedService;

    /// <summary>A client that connects when the test lets it.</summary>
    public class FakeClient : DispatchProxy
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Connects { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IgnoresToken { get; set; }

        public int Stops { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(IHostedService.StartAsync):
                    return ConnectAsync((CancellationToken)args![0]!);
                case nameof(IHostedService.StopAsync):
                    Stops++;
                    return Task.CompletedTask;
                default:
                    throw new NotSupportedException(targetMethod.Name);
            }
        }

        private async Task ConnectAsync(CancellationToken cancellationToken)
        {
            Begun.SetResult();
            if (IgnoresToken)
            {
                await Ended.Task;
                return;
            }

            try
            {
                await Connects.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Ended.SetResult();
            }
        }
    }
}
