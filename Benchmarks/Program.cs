using Orleans.Workflows.Benchmarks;
using Orleans.Workflows.Benchmarks.Load;

const int Failed = 1;
const int WrongUsage = 2;

var parsed = new CommandLine().Create(MeasureAsync, DriveAsync).Parse(args);
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

static async Task<int> MeasureAsync(BenchmarkOptions options, CancellationToken cancellationToken)
{
    try
    {
        await new Suite(options, Console.Out, Console.Error).RunAsync(cancellationToken);
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
