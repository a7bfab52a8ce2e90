using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace Orleans.Workflows.StorageTests.AdoNet;

/// <summary>Orleans' own providers as a member of a cluster has them, on a database, without the silo.</summary>
internal sealed class OrleansProviders : IDisposable
{
    private readonly IHost _host;

    private OrleansProviders(IHost host) => _host = host;

    public IMembershipTable Membership => _host.Services.GetRequiredService<IMembershipTable>();

    public IReminderTable Reminders => _host.Services.GetRequiredService<IReminderTable>();

    public IGrainStorage Storage => _host.Services.GetRequiredKeyedService<IGrainStorage>(ControlPlane.StorageName);

    public static async Task<OrleansProviders> OpenAsync(string connectionString, string clusterId = "test")
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Workflows"] = connectionString,
            ["Workflows:ClusterId"] = clusterId,
            ["Workflows:SiloPort"] = "0",
            ["Workflows:GatewayPort"] = "0",
            ["Workflows:HealthPort"] = "0",
        });
        builder.AddWorkflowSilo();
        var providers = new OrleansProviders(builder.Build());
        await providers.Membership.InitializeMembershipTableAsync(
            tryInitTableVersion: true,
            TestContext.Current.CancellationToken);
        await providers.Reminders.StartAsync(TestContext.Current.CancellationToken);
        await StorageStart.RunAsync(providers.Storage);
        return providers;
    }

    public void Dispose() => _host.Dispose();

    /// <summary>
    /// Takes the place of the silo's lifecycle for the grain storage, which reads its queries when a silo starts.
    /// </summary>
    private sealed class StorageStart : ISiloLifecycle
    {
        private readonly List<ILifecycleObserver> _observers = [];

        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => 0;

        public static async Task RunAsync(IGrainStorage storage)
        {
            var start = new StorageStart();
            ((ILifecycleParticipant<ISiloLifecycle>)storage).Participate(start);
            start._observers.ShouldNotBeEmpty();
            foreach (var observer in start._observers)
            {
                await observer.OnStart(TestContext.Current.CancellationToken);
            }
        }

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add(observer);
            return new MemoryStream();
        }
    }
}
