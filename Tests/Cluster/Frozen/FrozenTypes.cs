namespace Orleans.Workflows.Cluster.Frozen;

/// <summary>
/// The process types of the frozen databases. Names, ports and steps are stored there, so they never change.
/// </summary>
public static class FrozenTypes
{
    public static readonly ProcessType<FrozenInput, FrozenOutput> Machine = new("frozen/machine");
    public static readonly ProcessType<FrozenInput, FrozenOutput> Stuck = new("frozen/stuck");
    public static readonly ProcessType<FrozenInput, FrozenOutput> Chain = new("frozen/chain");
}

public sealed record FrozenInput(string Kind, FrozenChild[]? Children = null);

public sealed record FrozenChild(string Id, string Kind);

public sealed record FrozenOutput(string Text);
