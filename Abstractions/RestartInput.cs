using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Orleans.Workflows;

/// <summary>
/// The ports that the input of every restart chain has: how often it runs its child, and what it does when nobody knows
/// what to do.
/// </summary>
public abstract record RestartInput
{
    /// <summary>How often the child is run at most.</summary>
    /// <value>1 to 1,000. Default: 5.</value>
    [Range(1, 1_000), Description("How often the child is run at most.")]
    public int MaxIterations { get; init; } = 5;

    /// <summary>
    /// Whether the chain pauses when the child was run as often as allowed, rather than ending. Playing it lets it run
    /// as often again.
    /// </summary>
    /// <value>Default: <c>false</c>.</value>
    [Description("Whether the chain pauses when the child was run as often as allowed, rather than ending.")]
    public bool PauseOnMaxIterations { get; init; }

    /// <summary>What is done when the child failed and no handler had anything to say.</summary>
    /// <value>Default: the chain ends.</value>
    [Description("What is done when the child failed and no handler had anything to say.")]
    public UnhandledFailureAction OnUnhandledFailure { get; init; }

    /// <summary>Switches handlers on and off and changes their priority, by their names.</summary>
    /// <value>Default: none.</value>
    [Description("Switches handlers on and off and changes their priority, by their names.")]
    public IReadOnlyDictionary<string, HandlerOverride> HandlerOverrides { get; init; } =
        new Dictionary<string, HandlerOverride>();
}
