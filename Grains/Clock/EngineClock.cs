using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Workflows.Grains.Clock;

/// <summary>The engine's time, to the millisecond, as it is stored.</summary>
internal sealed class EngineClock([FromKeyedServices(WorkflowTimeProviderNames.Engine)] TimeProvider time)
{
    /// <summary>What times timers of the engine.</summary>
    public TimeProvider Time => time;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => ToTheMillisecond(time.GetUtcNow());

    /// <summary>A time that has surely come, for what ends a process.</summary>
    /// <returns>The time; the same as <see cref="Now"/> unless the silo has reason to doubt that.</returns>
    public DateTimeOffset Surely(DateTimeOffset createdAt) =>
        time is ClusterClock clock ? ToTheMillisecond(clock.Surely(createdAt)) : Now;

    private static DateTimeOffset ToTheMillisecond(DateTimeOffset time) =>
        new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
