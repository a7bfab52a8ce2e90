using Orleans.Workflows.Benchmarks;
using Orleans.Workflows.Benchmarks.Gate;
using Orleans.Workflows.Benchmarks.Load;
using Orleans.Workflows.Benchmarks.Scale;

const int Failed = 1;
const int WrongUsage = 2;

var parsed = new CommandLine()
    .Create(MeasureAsync, ScaleAsync, ColdAsync, GateAsync, DriveAsync, Neighbour.Spin)
    .Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("See --help.");
    return WrongUsage;
}

return await parsed.InvokeAsync();

static Task<int> MeasureAsync(BenchmarkOptions options, CancellationToken cancellationToken) =>
    TryAsync(() => new Suite(options, Console.Out, Console.Error).RunAsync(cancellationToken));

static Task<int> ScaleAsync(
    ScaleOptions options,
    IReadOnlyList<IScaleScenario> scenarios,
    CancellationToken cancellationToken
) => TryAsync(() => new ScaleSuite(options, Console.Out, Console.Error).RunAsync(scenarios, cancellationToken));

static Task<int> ColdAsync(Func<TextWriter, CancellationToken, Task> measure, CancellationToken cancellationToken) =>
    TryAsync(() => measure(Console.Out, cancellationToken));

static async Task<int> GateAsync(SpeedGate gate, CancellationToken cancellationToken)
{
    var isGreen = false;
    var code = await TryAsync(async () =>
        isGreen = await gate.IsGreenAsync(Console.Out, Console.Error, cancellationToken));
    return isGreen ? code : Failed;
}

static async Task<int> TryAsync(Func<Task> run)
{
    try
    {
        await run();
        return 0;
    }
    catch (BenchmarkException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return Failed;
    }
}

static async Task<int> DriveAsync(System.Net.IPEndPoint gateway, bool baseline, CancellationToken cancellationToken)
{
    await RemoteClient.RunAsync(gateway, baseline, cancellationToken);
    return 0;
}
