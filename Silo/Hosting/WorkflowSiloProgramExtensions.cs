using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Workflows;
using Orleans.Workflows.Silo.Hosting;

namespace Orleans.Hosting;

/// <summary>Makes a program one of a silo: with its commands, and with exit codes that say how it went.</summary>
public static class WorkflowSiloProgramExtensions
{
    /// <summary>
    /// Runs a silo until it is stopped, or the command that the arguments name: <c>migrate</c> brings the schema of the
    /// cluster's database up to date, <c>adopt [--force]</c> makes the database the cluster's. Arguments and keys of
    /// the section 'Workflows' that a silo does not know are refused. What keeps it from running is said once, on
    /// standard error.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="args">The program's arguments. Options among them win over all other configuration.</param>
    /// <param name="processes">Says which process types the silo runs.</param>
    /// <param name="configure">Sets options after the configuration was read.</param>
    /// <returns>
    /// The program's exit code: 0, 1 when it cannot run, 2 when arguments or configuration have faults.
    /// </returns>
    /// <example>
    /// <code>
    /// var builder = Host.CreateApplicationBuilder(args); return await builder.RunWorkflowSiloAsync(args, processes =>
    /// processes.AddProcesses(typeof(Greet).Assembly));
    /// </code>
    /// </example>
    public static async Task<int> RunWorkflowSiloAsync(
        this HostApplicationBuilder builder,
        string[] args,
        Action<WorkflowsBuilder>? processes = null,
        Action<WorkflowSiloOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(args);
        ClosedStreams.Replace();
        if (SiloArguments.AskForHelp(args))
        {
            await Console.Out.WriteAsync(SiloArguments.Help);
            return 0;
        }

        var arguments = SiloArguments.Read(args);
        var faults = arguments.FindFaults().ToList();
        if (faults.Count > 0)
        {
            // Those of the options at once, so that nobody mends the one to be told of the other.
            faults.AddRange(arguments.Command is null ? SiloConfiguration.FindFaults(builder, configure) : []);
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, faults));
            return 2;
        }

        // They count even if the builder was made without them.
        builder.Configuration.AddCommandLine(arguments.Settings);
        return await builder.RunWorkflowCommandAsync(args) ?? await RunAsync(builder, processes, configure);
    }

    /// <summary>
    /// Runs the command of a silo that the arguments name: <c>migrate</c> or <c>adopt [--force]</c>. For programs that
    /// do more than to run a silo; <see cref="RunWorkflowSiloAsync"/> does it by itself.
    /// </summary>
    /// <param name="builder">The host, made of the same arguments.</param>
    /// <param name="args">The program's arguments.</param>
    /// <returns>
    /// The exit code with which the program has to end: 0, 1 when the database is refused or cannot be used, 2 when the
    /// configuration has faults. Null when the arguments name no command.
    /// </returns>
    /// <example>
    /// <code>
    /// var builder = WebApplication.CreateBuilder(args); if (await builder.RunWorkflowCommandAsync(args) is { }
    /// exitCode) {
    ///     return exitCode;
    /// }
    /// </code>
    /// </example>
    public static async Task<int?> RunWorkflowCommandAsync(this IHostApplicationBuilder builder, string[] args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(args);
        ClosedStreams.Replace();
        var arguments = SiloArguments.Read(args);
        if (arguments.Command is null)
        {
            return null;
        }

        if (arguments.Force)
        {
            // The host has taken the argument after --force for its value.
            builder.Configuration.AddCommandLine(arguments.Settings);
        }

        using var interrupt = new CancellationTokenSource();
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        return arguments.Command == MigrateCommand.Name
            ? await MigrateCommand.RunAsync(builder.Configuration, Console.Out, Console.Error, interrupt.Token)
            : await AdoptCommand.RunAsync(
                builder.Configuration,
                arguments.Force,
                Console.Out,
                Console.Error,
                interrupt.Token);

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupt.Cancel();
        }
    }

    private static async Task<int> RunAsync(
        HostApplicationBuilder builder,
        Action<WorkflowsBuilder>? processes,
        Action<WorkflowSiloOptions>? configure)
    {
        // What keeps the silo from running is said once, below, rather than by each layer with its stack.
        builder.Logging
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Critical)
            .AddFilter("Orleans.Runtime.SiloLifecycleSubject", LogLevel.Critical)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("Microsoft", LogLevel.Warning);
        try
        {
            builder.AddWorkflowSilo(processes, configure);
            using var host = builder.Build();
            await host.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is SiloConfigurationException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (WorkflowException e)
        {
            await Console.Error.WriteLineAsync($"The silo cannot run: {e.Message}");
            return ClusterDatabase.ExitCodeOf(e);
        }
    }
}
