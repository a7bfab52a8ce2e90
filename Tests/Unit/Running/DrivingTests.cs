using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Running;

namespace Orleans.Workflows.Unit.Running;

/// <summary>The list of the processes whose steps run, which is read while it changes.</summary>
public sealed class DrivingTests
{
    [Fact]
    public async Task Driving_ProcessesComeAndGoMeanwhile_HasNoEmptyPlaces()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration["ConnectionStrings:Workflows"] = "Host=127.0.0.1;Port=1;Database=none;Username=nobody;Password=none"; // Composed only, never started.
        builder.AddWorkflowSilo(configure: static silo => (silo.SiloPort, silo.GatewayPort, silo.HealthPort) = (0, 0, 0));
        using var host = builder.Build();
        var silo = host.Services.GetRequiredService<SiloRuntime>();
        var lane = (ProcessLane)RuntimeHelpers.GetUninitializedObject(typeof(ProcessLane));
        var ids = Enumerable.Range(0, 64).Select(static i => ProcessId.Parse($"p{i}")).ToList();
        using var stop = new CancellationTokenSource();
        var changes = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                ids.ForEach(id => silo.Drives(id, lane));
                ids.ForEach(id => silo.DrivesNoMore(id, lane));
            }
        }, TestContext.Current.CancellationToken);

        try
        {
            for (var read = 0; read < 50_000; read++)
            {
                silo.Driving.Any(static entry => entry.Value is null).ShouldBeFalse();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await changes;
        }
    }
}
