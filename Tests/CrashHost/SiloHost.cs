using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Workflows.CrashHost.Clocks;
using Orleans.Workflows.CrashHost.Processes;
using Orleans.Workflows.Silo.Hosting;

namespace Orleans.Workflows.CrashHost;

/// <summary>
/// The silo that gets killed. Its options come from the command line; it says READY on standard output once it takes
/// calls.
/// </summary>
internal static class SiloHost
{
    /// <summary>Runs the silo until it is told to stop.</summary>
    /// <param name="args">
    /// Options as '--Workflows:DataFolder=…'. With a connection string 'Workflows' it is a member of a cluster.
    /// 'Membership' is a section for the timings of Orleans' membership, which a silo otherwise has no options for.
    /// Without 'Workflows:SiloPort' it takes free ports. 'Clock' names the silo's own clock, which tests set by a file
    /// beside the gates. 'StepTime' is the mean of <see cref="StepTime"/>. 'Lacks' names process types that it does not
    /// have. 'Log=Default' leaves the logging as a host has it that sets nothing.
    /// </param>
    /// <returns>Completes when it has stopped.</returns>
    public static async Task RunAsync(string[] args)
    {
        var settings = new HostApplicationBuilderSettings { Args = args, Configuration = new ConfigurationManager() };
        settings.Configuration["hostBuilder:reloadConfigOnChange"] = "false";
        var builder = Host.CreateApplicationBuilder(settings);
        if (builder.Configuration["Log"] != "Default")
        {
            builder
                .Logging.ClearProviders()
                .AddSimpleConsole(static console =>
                    (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "))
                .SetMinimumLevel(LogLevel.Warning);
        }

        var ledger = builder.Configuration["Ledger"]
            ?? throw new InvalidOperationException("Give --Ledger=<file>, where steps write what they did.");
        var gates = builder.Configuration["Gates"]
            ?? throw new InvalidOperationException("Give --Gates=<folder>, whose files say what steps may do.");
        builder.Services.AddSingleton(_ => new Ledger(ledger));
        builder.Services.AddSingleton(new Gates(gates));
        builder.Services.AddSingleton(
            new StepTime(
                builder.Configuration["StepTime"] is { } stepTime
                    ? TimeSpan.Parse(stepTime, CultureInfo.InvariantCulture)
                    : StepTime.Default));

        var given = builder.Configuration["Workflows:SiloPort"] is not null;
        WrongClocks.AddClock(builder, gates, builder.Configuration["Clock"]);
        builder.AddWorkflowSilo(
            processes => HostTypes.Add(processes, builder.Configuration["Lacks"]),
            silo =>
            {
                if (!given)
                {
                    (silo.SiloPort, silo.GatewayPort, silo.HealthPort) = (0, 0, 0);
                }
            });
        WrongClocks.ShiftDatabase(builder, gates);
        builder.Services.PostConfigure<ClusterMembershipOptions>(builder.Configuration.GetSection("Membership").Bind);
        using var host = builder.Build();
        await host.StartAsync();
        var details = host.Services.GetRequiredService<ILocalSiloDetails>();
        var health = host.Services.GetRequiredService<SiloEndpoints>().Health;
        Console.WriteLine($"READY {details.GatewayAddress.Endpoint} {health} {details.SiloAddress.ToParsableString()}");
        await host.WaitForShutdownAsync();
    }
}
