using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Silo.Hosting;

var command = args is [MigrateCommand.Name or AdoptCommand.Name, ..] ? args[0] : null;
var force = args is [AdoptCommand.Name, ..] && args.Contains(AdoptCommand.Force);
var settings = new HostApplicationBuilderSettings { Args = command is null ? args : [.. args[1..].Where(static arg => arg != AdoptCommand.Force)], Configuration = new ConfigurationManager() };

// Options are read once, at start; a watcher of configuration files would only cost.
settings.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
var builder = Host.CreateApplicationBuilder(settings);
if (command is not null)
{
    using var interrupt = new CancellationTokenSource();
    using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
    using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
    return command == MigrateCommand.Name
        ? await MigrateCommand.RunAsync(builder.Configuration, Console.Out, Console.Error, interrupt.Token)
        : await AdoptCommand.RunAsync(builder.Configuration, force, Console.Out, Console.Error, interrupt.Token);

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
    .AddFilter("Microsoft", LogLevel.Warning);
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
