namespace Orleans.Workflows.Behaviour.Hooks;

/// <summary>Nothing: what goes wrong is set on the stage.</summary>
public sealed record HookInput;
