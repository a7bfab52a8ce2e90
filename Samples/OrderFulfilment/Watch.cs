using Orleans.Workflows;

namespace Samples.OrderFulfilment;

/// <summary>Shows a process's history as it happens. Reads it from outside, as any service could.</summary>
public sealed class Watch(ProcessHandle process)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Prints each event from the first on, and hands it on, until the process has ended.</summary>
    public async Task FollowAsync(Func<HistoryEntry, HistoryEvent, Task> react)
    {
        var afterVersion = 0L;
        while (true)
        {
            await foreach (var entry in process.GetHistoryAsync(afterVersion))
            {
                afterVersion = entry.Version;
                foreach (var happened in entry.Events)
                {
                    Console.WriteLine($"  {entry.At.ToLocalTime():HH:mm:ss.fff}  {Line(happened)}");
                    await react(entry, happened);
                    if (happened.Kind is HistoryKind.Finished or HistoryKind.Excepted or HistoryKind.Killed)
                    {
                        return;
                    }
                }
            }

            await Task.Delay(Interval, TimeProvider.System);
        }
    }

    /// <summary>One event in one line.</summary>
    public static string Line(HistoryEvent happened) =>
        happened.Text is null ? $"{happened.Kind}" : $"{happened.Kind}: {happened.Text}";
}
