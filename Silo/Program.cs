using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Silo.Hosting;

var settings = new HostApplicationBuilderSettings { Args = args, Configuration = new ConfigurationManager() };

// Options are read once, at start; a watcher of configuration files would only cost.
settings.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
var builder = Host.CreateApplicationBuilder(settings);
// What keeps the silo from running is said once, below, rather than by each layer with its stack.
builder.Logging
    .AddFilter("Orleans.Runtime.Silo", LogLevel.Critical)
    .AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Critical)
    .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
    .AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Workflows", LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
try
{
    builder.AddWorkflowSilo();
}
catch (SiloConfigurationException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

try
{
    using var host = builder.Build();
    await host.RunAsync();
    return 0;
}
catch (WorkflowException e)
{
    await Console.Error.WriteLineAsync($"The silo cannot run: {e.Message}");
    return 1;
}
