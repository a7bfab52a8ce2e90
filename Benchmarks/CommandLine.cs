using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using Orleans.Workflows.Benchmarks.Cold;
using Orleans.Workflows.Benchmarks.Gate;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Scale;
using Orleans.Workflows.Benchmarks.Scenarios;

namespace Orleans.Workflows.Benchmarks;

/// <summary>The command line.</summary>
internal sealed class CommandLine
{
    private static readonly Dictionary<string, ClientPlace[]> Places = new()
    {
        ["in-process"] = [ClientPlace.InProcess],
        ["gateway"] = [ClientPlace.Gateway],
        ["both"] = [ClientPlace.InProcess, ClientPlace.Gateway],
    };

    private readonly Argument<string> _scenario = new("scenario") { Description = "What to measure" };
    private readonly Option<string> _store = new("--store")
    {
        Description = "Where the processes are kept",
        Required = true,
    };
    private readonly Option<string?> _client = new("--client")
    {
        Description =
            "Where the client is: inside the silo's process, or in one of its own [default: the scenario's]",
    };
    private readonly Option<int[]> _inFlight = new("--in-flight")
    {
        Description = "Processes under way at a time; can be repeated [default: the scenario's]",
    };
    private readonly Option<int?> _count = new("--count")
    {
        Description = "Processes of a run [default: the scenario's]",
    };
    private readonly Option<int?> _runs = new("--runs")
    {
        Description = "Runs of each [default: 3, or 1 with --quick]",
    };
    private readonly Option<string?> _connection = new("--connection-string")
    {
        Description = "A PostgreSQL database that may be written to [default: a server of its own]",
    };
    private readonly Option<string?> _folder = new("--work-folder")
    {
        Description = "Where database files go, on the disk to measure [default: the folder of temporary files]",
    };
    private readonly Option<int> _deadline = new("--deadline")
    {
        Description = "Seconds that a run may take",
        DefaultValueFactory = static _ => 300,
    };
    private readonly Option<string?> _json = new("--json")
    {
        Description = "Also write everything to this file, as JSON",
    };
    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "Small counts and one run: shows that it works, not how fast",
    };
    private readonly Option<bool> _noFloor = new("--no-floor")
    {
        Description = "Do not measure the database by itself",
    };
    private readonly Option<string> _gateway = new("--gateway") { Required = true };
    private readonly Option<bool> _baseline = new("--baseline");
    private readonly Option<FileInfo> _figures = new("--figures")
    {
        Description = "The recorded figures",
        DefaultValueFactory = static _ => new FileInfo(Path.Combine("Benchmarks", "gate.json")),
    };

    private readonly Option<bool> _record = new("--record")
    {
        Description = "Record what is measured instead of comparing it",
    };
    private readonly Option<int> _spinning = new("--seconds") { Required = true };

    /// <summary>Makes the command with what it does.</summary>
    /// <param name="measure">Measures.</param>
    /// <param name="scale">Runs scenarios of scale.</param>
    /// <param name="cold">Runs the measuring of silos that have just been started.</param>
    /// <param name="gate">Compares with recorded figures.</param>
    /// <param name="drive">Is the client's process: the gateway, and whether it calls the baseline.</param>
    /// <param name="spin">Is the neighbour's process, for a time at most.</param>
    /// <returns>The command.</returns>
    public RootCommand Create(
        Func<BenchmarkOptions, CancellationToken, Task<int>> measure,
        Func<ScaleOptions, IReadOnlyList<IScaleScenario>, CancellationToken, Task<int>> scale,
        Func<Func<TextWriter, CancellationToken, Task>, CancellationToken, Task<int>> cold,
        Func<SpeedGate, CancellationToken, Task<int>> gate,
        Func<IPEndPoint, bool, CancellationToken, Task<int>> drive,
        Action<TimeSpan> spin)
    {
        _scenario.AcceptOnlyFromAmong([
            .. ScenarioList.Scenarios.Select(static scenario => scenario.Name),
            ScenarioList.All,
        ]);
        _store.AcceptOnlyFromAmong(StoreNames.All);
        _client.AcceptOnlyFromAmong([.. Places.Keys]);
        _inFlight.Validators.Add(static result =>
            Check(
                result,
                result.GetValueOrDefault<int[]>() is null or []
                    || result.GetValueOrDefault<int[]>()!.All(static n => n is >= 1 and <= 100_000),
                "--in-flight takes 1 to 100000."));
        _count.Validators.Add(static result =>
            Check(
                result,
                result.GetValueOrDefault<int?>() is null or (>= 1 and <= 1_000_000),
                "--count takes 1 to 1000000."));
        _runs.Validators.Add(static result =>
            Check(result, result.GetValueOrDefault<int?>() is null or (>= 1 and <= 100), "--runs takes 1 to 100."));
        _deadline.Validators.Add(static result =>
            Check(
                result,
                result.GetValueOrDefault<int>() is >= 1 and <= 86_400,
                "--deadline takes 1 to 86400 seconds."));
        _gateway.Validators.Add(static result =>
            Check(
                result,
                IPEndPoint.TryParse(result.GetValueOrDefault<string>() ?? "", out _),
                "--gateway takes an address and port."));
        var root = new RootCommand(
            "Measures Orleans.Workflows: docs/operations/benchmarks.md says what the figures mean.")
        {
            _scenario,
            _store,
            _client,
            _inFlight,
            _count,
            _runs,
            _connection,
            _folder,
            _deadline,
            _json,
            _quick,
            _noFloor,
        };
        root.Validators.Add(result =>
            Check(
                result,
                result.GetValue(_store) != "adonet-baseline"
                    || ScenarioList.Select(result.GetValue(_scenario) ?? "", baseline: true).Count > 0,
                "The baseline has no inbox, so it cannot do this scenario."));
        root.SetAction((parsed, cancellationToken) => measure(Read(parsed), cancellationToken));

        foreach (var command in ScaleCommandLine.Create(scale).Concat(ColdCommandLine.Create(cold)))
        {
            root.Add(command);
        }

        var speed = new Command(
            "gate",
            "Compares speed and allocations with what is recorded; red when they are much worse.")
        {
            _figures,
            _record,
        };
        speed.SetAction(
            (parsed, cancellationToken) =>
                gate(new SpeedGate(parsed.GetValue(_figures)!.FullName, parsed.GetValue(_record)), cancellationToken));
        root.Add(speed);

        var child = new Command("drive", "The client's process; started by the benchmark itself.")
        {
            _gateway,
            _baseline,
        };
        child.Hidden = true;
        child.SetAction(
            (parsed, cancellationToken) =>
                drive(IPEndPoint.Parse(parsed.GetValue(_gateway)!), parsed.GetValue(_baseline), cancellationToken));
        root.Add(child);

        var neighbour = new Command(
            "spin",
            "A neighbour that uses half of the machine; started by the benchmark itself.")
        {
            _spinning,
        };
        neighbour.Hidden = true;
        neighbour.SetAction(parsed => spin(TimeSpan.FromSeconds(parsed.GetValue(_spinning))));
        root.Add(neighbour);
        return root;
    }

    private BenchmarkOptions Read(ParseResult parsed)
    {
        var options = new BenchmarkOptions
        {
            Scenario = parsed.GetValue(_scenario)!,
            Store = StoreNames.Find(parsed.GetValue(_store)!),
            Clients = parsed.GetValue(_client) is { } client ? Places[client] : [],
            InFlight = parsed.GetValue(_inFlight) ?? [],
            Count = parsed.GetValue(_count),
            Runs = parsed.GetValue(_runs) ?? (parsed.GetValue(_quick) ? 1 : 3),
            ConnectionString = parsed.GetValue(_connection),
            WorkFolder = parsed.GetValue(_folder),
            Deadline = TimeSpan.FromSeconds(parsed.GetValue(_deadline)),
            JsonFile = parsed.GetValue(_json),
            Quick = parsed.GetValue(_quick),
        };
        options = options.Quick
            ? options with
            {
                FloorTime = TimeSpan.FromSeconds(1),
                Background = TimeSpan.FromSeconds(1),
                LongestWarmUp = TimeSpan.Zero,
            }
            : options;
        return parsed.GetValue(_noFloor) ? options with { FloorTime = TimeSpan.Zero } : options;
    }

    private static void Check(SymbolResult result, bool kept, string fault)
    {
        if (!kept)
        {
            result.AddError(fault);
        }
    }
}
