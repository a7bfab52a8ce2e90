namespace Orleans.Workflows.Benchmarks.Scale;

/// <summary>
/// What the command line asks of the scenarios of scale. A null is for the scenario's own default, which is less with
/// <see cref="Quick"/>.
/// </summary>
internal sealed record ScaleOptions
{
    /// <summary>A PostgreSQL database of one's own; null to start a server.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>A file for everything as JSON; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>Small counts, seconds: shows that it works, not how well.</summary>
    public bool Quick { get; init; }

    /// <summary>How many processes wait, or were running.</summary>
    public int? Count { get; init; }

    /// <summary>How many of those that wait become due.</summary>
    public int? Due { get; init; }

    /// <summary>How many become due per second; how many of other work are started per second.</summary>
    public int? Rate { get; init; }

    /// <summary>How long the load is offered.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Whether 'overload' has a neighbour who takes half of the machine in the middle of it.</summary>
    public bool Neighbour { get; init; }

    /// <summary>Chooses between what is asked for and the defaults.</summary>
    /// <typeparam name="T">What is chosen.</typeparam>
    /// <param name="given">What is asked for; null for the default.</param>
    /// <param name="full">The default.</param>
    /// <param name="quick">The default with <see cref="Quick"/>.</param>
    /// <returns>The choice.</returns>
    public T Choose<T>(T? given, T full, T quick)
        where T : struct => given ?? (Quick ? quick : full);
}
