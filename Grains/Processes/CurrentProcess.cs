namespace Orleans.Workflows;

/// <summary>Tells code that is called from a step or hook which process it works for, right across awaits.</summary>
/// <remarks>It does not cross grain calls or threads that the code starts without the execution context.</remarks>
public static class CurrentProcess
{
    private static readonly AsyncLocal<ProcessIdentity?> Current = new();

    /// <summary>The process whose step or hook calls; null outside of one.</summary>
    public static ProcessIdentity? Identity => Current.Value;

    /// <summary>Enters the process for the rest of the calling async method, which leaves it by returning.</summary>
    /// <param name="identity">The process.</param>
    internal static void Enter(ProcessIdentity identity) => Current.Value = identity;
}
