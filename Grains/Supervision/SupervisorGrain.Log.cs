using Microsoft.Extensions.Logging;

namespace Orleans.Workflows.Grains.Supervision;

internal sealed partial class SupervisorGrain
{
    [LoggerMessage(400020, LogLevel.Warning, "Supervisor {Index}: a pass failed and is made again.")]
    private partial void LogPassFailed(long index, Exception exception);
}
