using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Unit.Architecture.Impurities;

/// <summary>
/// Everything that the engine must not do, so that the scan is seen to find it: in lambdas, generics, locals and async
/// code.
/// </summary>
internal sealed class Lambdas(ILogger logger)
{
    private readonly Dictionary<string, IGrainFactory> _grains = [];

    public int Count => _grains.Count + (logger.IsEnabled(LogLevel.Trace) ? 1 : 0);

    public static IEnumerable<bool> Exists(IEnumerable<string> files) =>
        files.Select(static file => File.Exists(file) && Random.Shared.Next() > 0);

    public static async Task<DateTimeOffset> NowAsync()
    {
        await Task.Yield();
#pragma warning disable RS0030 // The scan of the engine must find it.
        return DateTimeOffset.UtcNow;
#pragma warning restore RS0030
    }

    public static string Names()
    {
        Thread? thread = null;
        Func<long> ticks = static () => TimeProvider.System.GetTimestamp();
        return $"{Guid.NewGuid()}{Environment.MachineName}{thread}{ticks()}";
    }
}
