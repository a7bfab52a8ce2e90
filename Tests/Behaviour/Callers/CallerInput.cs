namespace Orleans.Workflows.Behaviour.Callers;

/// <summary>What a caller does.</summary>
/// <param name="Use">How it uses the client.</param>
/// <param name="Other">The process that somebody else has started.</param>
public sealed record CallerInput(Use Use, string Other = "");
