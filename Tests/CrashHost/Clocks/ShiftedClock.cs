namespace Orleans.Workflows.CrashHost.Clocks;

/// <summary>
/// The clock of a machine whose clock is wrong. Its monotonic clock is right, as that of a machine is.
/// </summary>
/// <param name="shift">How far it is wrong.</param>
public sealed class ShiftedClock(Shift shift) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift.Ahead;
}
