using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Silo.Hosting;

var isMigration = args is [MigrateCommand.Name, ..];
var settings = new HostApplicationBuilderSettings { Args = isMigration ? args[1..] : args, Configuration = new ConfigurationManager() };

// Options are read once, at start; a watcher of configuration files would only cost.
settings.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
var builder = Host.CreateApplicationBuilder(settings);
if (isMigration)
{
    using var interrupt = new CancellationTokenSource();
    using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
    using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
    return await MigrateCommand.RunAsync(builder.Configuration, Console.Out, Console.Error, interrupt.Token);

    void Interrupt(PosixSignalContext signal)
    {
        signal.Cancel = true;
        interrupt.Cancel();
    }
}

// What keeps the silo from running is said once, below, rather than by each layer with its stack.
builder.Logging
    .AddFilter("Orleans.Runtime.Silo", LogLevel.Critical)
    .AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Critical)
    .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
    .AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Workflows", LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Polly", LogLevel.None);
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
