using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using k8s.Models;

namespace Orleans.Workflows.Deployment.Manifests;

/// <summary>What the silo makes of the variables that a container sets.</summary>
internal sealed class SiloSettings
{
    private readonly IConfiguration _configuration;

    /// <summary>Reads the variables.</summary>
    /// <param name="container">The container. Values that Kubernetes fills in are left out.</param>
    public SiloSettings(V1Container container)
    {
        _configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                container
                    .Env.Where(static variable => variable.Value is not null)
                    .Select(static variable =>
                        KeyValuePair.Create(
                            variable.Name.Replace("__", ":", StringComparison.Ordinal),
                            (string?)variable.Value)))
            .Build();
        _configuration.GetSection("Workflows").Bind(Silo);
        _configuration.GetSection("Workflows:Engine").Bind(Engine);
    }

    /// <summary>How the silo is hosted.</summary>
    public WorkflowSiloOptions Silo { get; } = new();

    /// <summary>How its engine is tuned.</summary>
    public WorkflowOptions Engine { get; } = new();

    /// <summary>Whether the silo reads a variable.</summary>
    /// <param name="variable">Its name.</param>
    /// <returns>Whether an option has that name, or it is known otherwise.</returns>
    public static bool IsRead(string variable) => variable.Split("__") switch
    {
        ["DOTNET_EnableDiagnostics"] => true,
        ["ConnectionStrings", "Workflows"] => true,
        ["Workflows", "Engine", var option] => typeof(WorkflowOptions).GetProperty(option) is { CanWrite: true },
        ["Workflows", var option] => typeof(WorkflowSiloOptions).GetProperty(option) is { CanWrite: true },
        _ => false,
    };

    /// <summary>How long a host with these settings may take to stop, asked of such a host.</summary>
    /// <returns>The host's shutdown timeout.</returns>
    public TimeSpan ShutdownTimeout()
    {
        var folder = Directory.CreateTempSubdirectory("owf-settings-");
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Configuration.AddInMemoryCollection(_configuration.GetSection("Workflows:Engine").AsEnumerable());
            builder.AddWorkflowSilo(configure: silo =>
                (silo.DataFolder, silo.SiloPort, silo.GatewayPort, silo.HealthPort) = (folder.FullName, 0, 0, 0));
            using var host = builder.Build();
            return host
                .Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HostOptions>>()
                .Value.ShutdownTimeout;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
