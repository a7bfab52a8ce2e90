namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>How far a taker is.</summary>
public sealed record TakerProgress
{
    /// <summary>How many signals it has taken.</summary>
    public int Taken { get; set; }
}
