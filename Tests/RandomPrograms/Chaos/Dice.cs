namespace Orleans.Workflows.RandomPrograms.Chaos;

/// <summary>Decides which faults happen, from a seed, and counts them. Safe for concurrent use.</summary>
/// <param name="seed">The seed.</param>
/// <param name="plan">What can go wrong.</param>
public sealed class Dice(int seed, ChaosPlan plan)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly int[] _counts = new int[Enum.GetValues<FaultKind>().Length];
    private volatile bool _isOn = true;

    /// <summary>Ends all faults, or begins them again.</summary>
    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }

    /// <summary>Whether a fault happens now; counts it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="chance">How likely it is: 0 to 1.</param>
    /// <returns>Whether it does.</returns>
    public bool Falls(FaultKind kind, double chance)
    {
        if (!_isOn || !plan.Has(kind))
        {
            return false;
        }

        bool falls;
        lock (_lock)
        {
            falls = _random.NextDouble() < chance;
        }

        if (falls)
        {
            Count(kind);
        }

        return falls;
    }

    /// <summary>A random number.</summary>
    /// <param name="below">What it is below.</param>
    /// <returns>0 or more.</returns>
    public int Next(int below)
    {
        lock (_lock)
        {
            return _random.Next(below);
        }
    }

    /// <summary>How often a fault has happened.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The number.</returns>
    public int CountOf(FaultKind kind) => Volatile.Read(ref _counts[(int)kind]);

    private void Count(FaultKind kind) => Interlocked.Increment(ref _counts[(int)kind]);
}
