using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Silo.Hosting;

namespace Orleans.Workflows.Unit.Silo;

/// <summary>The embedded silo as a host starts it: options, ports, health, and how a second process finds it.</summary>
public sealed class SiloHostTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("owf-silo-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Options_WithFaults_AreAllNamedAtOnceWithTheirRemedies()
    {
        // Whether somebody listens at the port that would be the default must make no difference.
        using var other = new TcpListener(IPAddress.Loopback, new WorkflowSiloOptions().SiloPort);
        Record.Exception(other.Start);
        var fault = Should.Throw<SiloConfigurationException>(() => Build(
            ("SiloPort", "abc"),
            ("HealthPort", "99999"),
            ("Engine:GracePeriod", "-00:00:01"),
            ("Engine:Supervisors", "0")));

        fault.Message.ShouldContain("Workflows:SiloPort is 'abc'");
        fault.Message.ShouldContain("Workflows:HealthPort is 99999");
        fault.Message.ShouldContain("Workflows:Engine:GracePeriod is -00:00:01");
        fault.Message.ShouldContain("Workflows:Engine:Supervisors is 0");
        fault.Message.ShouldContain("4 fault(s)");
    }

    [Theory]
    [InlineData("SiloPort")]
    [InlineData("GatewayPort")]
    [InlineData("HealthPort")]
    public void Port_ThatIsTaken_IsAnErrorThatNamesItsOption(string option)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Should
            .Throw<SiloConfigurationException>(() => Build((option, $"{port}")))
            .Message.ShouldContain($"Workflows:{option} is {port}");
    }

    [Fact]
    public void DataFolder_ThatCannotBeMade_IsAnErrorThatNamesIt()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "in the way");

        Should
            .Throw<SiloConfigurationException>(() => Build(("DataFolder", Path.Combine(file, "data"))))
            .Message.ShouldContain("Workflows:DataFolder");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task DataFolder_MadeOrFoundOpen_IsItsUsersAlone()
    {
        const UnixFileMode Open = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode OfUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var folder in (string[])[_folder, Path.Combine(_folder, "new", "data")])
        {
            for (var start = 0; start < 2; start++)
            {
                using var host = Build(("DataFolder", folder));
                await host.StartAsync(Cancel);
                await host.Services.GetRequiredService<IProcessStore>().PingAsync(Cancel);

                new DirectoryInfo(folder).UnixFileMode.ShouldBe(OfUser | UnixFileMode.UserExecute);
                var files = new DirectoryInfo(folder).GetFiles();
                files.Select(static file => file.Name).ShouldBe(
                    [
                        "control-plane.db", "control-plane.db-shm", "control-plane.db-wal",
                        "processes.db", "processes.db-shm", "processes.db-wal", "lock", "silo.json",
                    ],
                    ignoreOrder: true);
                files.ShouldAllBe(static file => file.UnixFileMode == OfUser);

                await host.StopAsync(Cancel);
                foreach (var file in new DirectoryInfo(folder).GetFiles("*.db"))
                {
                    file.UnixFileMode |= Open;
                }

                new DirectoryInfo(folder).UnixFileMode |= Open;
            }
        }
    }

    [Fact]
    public void DataFolder_OfAnotherUser_IsRefusedAndLeftAsItIs()
    {
        // Only root can give a folder away.
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        var folder = _folder;
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", folder]))
        {
            chown.WaitForExit();
        }

        var before = new DirectoryInfo(folder).GetFileSystemInfos().Length;

        Should.Throw<SiloConfigurationException>(() => Build(("DataFolder", folder))).Message
            .ShouldContain($"Workflows:DataFolder is '{folder}', which belongs to another user");

        new DirectoryInfo(folder).GetFileSystemInfos().Length.ShouldBe(before);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void DataFolder_WithFilesOfOthers_KeepsItsMode_AndOnlyOurFilesAreClosed()
    {
        const UnixFileMode Open =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        var (other, ours) = (Path.Combine(_folder, "report.txt"), Path.Combine(_folder, "processes.db"));
        foreach (var file in new[] { other, ours })
        {
            File.WriteAllBytes(file, []);
            File.SetUnixFileMode(file, Open);
        }

        var before = new DirectoryInfo(_folder).UnixFileMode | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
        File.SetUnixFileMode(_folder, before);
        using (Build())
        {
            new DirectoryInfo(_folder).UnixFileMode.ShouldBe(before);
            File.GetUnixFileMode(other).ShouldBe(Open);
            File.GetUnixFileMode(ours).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Silo_Running_IsHealthyIsFoundByItsFolderAndKeepsItForItself()
    {
        using var host = Build();
        await host.StartAsync(Cancel);
        using var http = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{host.Services.GetRequiredService<SiloEndpoints>().Health}"),
        };

        (await http.GetStringAsync("/health/live", Cancel)).ShouldBe("live");
        (await http.GetStringAsync("/health/ready", Cancel)).ShouldBe("ready");
        Should.Throw<SiloConfigurationException>(() => Build()).Message.ShouldContain("which another silo has");

        var other = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        other.AddWorkflowClient(client => client.DataFolder = _folder);
        using var service = other.Build();
        await service.StartAsync(Cancel);
        var fault = await Should.ThrowAsync<ProcessTypeUnknownException>(() =>
            service
                .Services.GetRequiredService<IProcessClient>()
                .StartJsonAsync("no/type", "{}"u8.ToArray(), cancellationToken: Cancel));
        fault.Message.ShouldContain("the cluster has none");
        await service.StopAsync(Cancel);

        await host.StopAsync(Cancel);
        (await host.Services.GetRequiredService<IWorkflowHealth>().WhyNotReadyAsync(Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Address_NotLoopback_IsWhereItListensAndWarnedOf()
    {
        var address = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(static network => network.GetIPProperties().UnicastAddresses)
            .Select(static unicast => unicast.Address)
            .FirstOrDefault(static candidate =>
                candidate.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(candidate));
        Assert.SkipUnless(address is not null, "This machine has no address but loopback.");
        var log = new LogLines();
        using var host = Build(log, ("Address", $"{address}"));
        await host.StartAsync(Cancel);
        using var http = new HttpClient();

        (
            await http.GetStringAsync(
                $"http://{host.Services.GetRequiredService<SiloEndpoints>().HealthEndpoint}/health/ready",
                Cancel)
        ).ShouldBe("ready");
        log.All.ShouldContain(line =>
            line.StartsWith($"The silo listens on {address}.", StringComparison.Ordinal)
            && line.Contains("have no authentication"));
        EmbeddedSilo.Find(_folder).Address.ShouldBe(address);
        await host.StopAsync(Cancel);
    }

    /// <summary>A comparer of one's own, which no type shows, is lost in silence where nobody reads back.</summary>
    [Theory]
    [InlineData("Development", null, ProcessState.Excepted)]
    [InlineData("Production", null, ProcessState.Finished)]
    [InlineData("Development", "false", ProcessState.Finished)]
    [InlineData("Production", "true", ProcessState.Excepted)]
    public async Task Value_ThatWouldNotBeReadBack_FailsItsStepInDevelopment(
        string environment,
        string? option,
        ProcessState end)
    {
        using var host = Build(
            log: null,
            environment,
            static processes => processes.AddProcess<Forgetting>(),
            option is null ? [] : [("Engine:ReadValuesBack", option)]);
        await host.StartAsync(Cancel);

        var process = await host
            .Services.GetRequiredService<IProcessClient>()
            .StartAsync(Forgetting.Type, new Definitions.Letters(), cancellationToken: Cancel);
        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(end, outcome.Message);
        (outcome.Message ?? "").Contains("Notes.Names has the comparer OrdinalIgnoreCaseComparer").ShouldBe(
            end == ProcessState.Excepted);
        await host.StopAsync(Cancel);
    }

    private IHost Build(params (string Option, string Value)[] options) => Build(log: null, options);

    private IHost Build(LogLines? log, params (string Option, string Value)[] options) =>
        Build(log, Environments.Production, processes: null, options);

    private IHost Build(
        LogLines? log,
        string environment,
        Action<WorkflowsBuilder>? processes,
        params (string Option, string Value)[] options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new HostApplicationBuilderSettings { EnvironmentName = environment });
        var all = new Dictionary<string, string?>
        {
            ["Workflows:DataFolder"] = _folder,
            ["Workflows:SiloPort"] = "0",
            ["Workflows:GatewayPort"] = "0",
            ["Workflows:HealthPort"] = "0",
        };
        foreach (var (option, value) in options)
        {
            all[$"Workflows:{option}"] = value;
        }

        builder.Configuration.AddInMemoryCollection(all);
        builder.Logging.SetMinimumLevel(log is null ? LogLevel.Error : LogLevel.Warning);
        if (log is not null)
        {
            builder.Logging.AddProvider(log);
        }

        builder.AddWorkflowSilo(processes);
        return builder.Build();
    }

    private sealed class Notes
    {
        public HashSet<string> Names { get; set; } = [];
    }

    [Process("forgetting")]
    private sealed class Forgetting : WorkChain<Definitions.Letters, Definitions.Nothing, Notes>
    {
        public static readonly ProcessType<Definitions.Letters, Definitions.Nothing> Type = new("forgetting");

        protected override void Define(OutlineBuilder outline) => outline.Step(Keep);

        protected override Definitions.Nothing CreateOutput() => new();

        private Task Keep(StepContext step)
        {
            Context.Names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" };
            return Task.CompletedTask;
        }
    }
}
