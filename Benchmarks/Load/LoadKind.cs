namespace Orleans.Workflows.Benchmarks.Load;

/// <summary>What a client does with each process.</summary>
internal enum LoadKind
{
    /// <summary>Starts it and waits for its end.</summary>
    RunToEnd = 0,

    /// <summary>Starts it paused, so that nothing runs: the start is all that is measured.</summary>
    StartOnly = 1,

    /// <summary>Starts it; the run is over when all of them wait for their signal.</summary>
    StartAndWait = 2,

    /// <summary>Sends it its signal and waits for its end.</summary>
    SignalAndEnd = 3,
}
