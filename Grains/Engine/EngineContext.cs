namespace Orleans.Workflows.Grains.Engine;

/// <summary>What the engine needs to know from outside for one turn.</summary>
/// <param name="Now">The time. Order never comes from it.</param>
/// <param name="Owner">The silo that would run a step.</param>
/// <param name="OperationId">The name of the commit that may come out.</param>
/// <param name="First">The position of the definition's first step.</param>
/// <param name="DefinitionVersion">The definition's version.</param>
/// <param name="CanRun">
/// Whether this silo has the definition. If not, nothing but pause, edit and kill has an effect.
/// </param>
/// <param name="IsObserved">Whether hooks or listeners are told of transitions.</param>
/// <param name="Trace">The span of a start, as a W3C traceparent; null for none.</param>
internal readonly record struct EngineContext(
    DateTimeOffset Now,
    string Owner,
    Guid OperationId,
    string First,
    int DefinitionVersion,
    bool CanRun = true,
    bool IsObserved = false,
    string? Trace = null)
{
    /// <summary>
    /// The time that has surely come: deadlines go by it, for what ends a process must never be early.
    /// </summary>
    public DateTimeOffset Surely { get; init; } = Now;

    /// <summary>
    /// The steps that cannot do without an argument, by position, each with the name of its type; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? NeededArguments { get; init; }

    /// <summary>
    /// Says why the step at a position cannot read JSON as its argument, null when it can; null where nobody can tell.
    /// </summary>
    public Func<string, byte[], string?>? FaultOfArgument { get; init; }
}
