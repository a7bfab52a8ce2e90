using Microsoft.Extensions.Time.Testing;

namespace Orleans.Workflows.RandomPrograms.Running;

/// <summary>
/// Keeps the clock of the engine going: some times as fast as real time while processes work, in leaps while all of
/// them wait.
/// </summary>
internal sealed class Pump : IAsyncDisposable
{
    private const int Speed = 10;

    /// <summary>
    /// After so many ticks in which nothing moved, everybody may be waiting for a time; the calls that are under way
    /// have these ticks to arrive.
    /// </summary>
    private const int Stillness = 10;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Leap = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Func<long> _progress;
    private readonly Lock _lock = new();
    private readonly Task _running;

    /// <summary>Starts the clock.</summary>
    /// <param name="progress">A number that changes while processes work.</param>
    public Pump(Func<long> progress)
    {
        _progress = progress;
        _running = Task.Run(RunAsync);
    }

    /// <summary>The clock.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Lets the clock jump.</summary>
    /// <param name="span">How far.</param>
    public void Jump(TimeSpan span)
    {
        lock (_lock)
        {
            Time.Advance(span);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        var (last, still) = (0L, 0);
        while (!_end.IsCancellationRequested)
        {
            var progress = _progress();
            still = progress == last ? still + 1 : 0;
            last = progress;
            Jump(still >= Stillness && still % Stillness == 0 ? Leap : Tick * Speed);
            await Task.Delay(Tick, TimeProvider.System, CancellationToken.None);
        }
    }
}
