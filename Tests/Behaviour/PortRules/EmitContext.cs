namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>What an emitter remembers.</summary>
public sealed class EmitContext
{
    /// <summary>What an emission threw.</summary>
    public string? Caught { get; set; }
}
