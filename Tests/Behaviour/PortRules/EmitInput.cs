namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>What a process does after it has emitted.</summary>
/// <param name="Then">wait, hold, throw, code, bad, badpath, caught, finish, output, nothing, failonce.</param>
/// <param name="Total">Its required output; null for none.</param>
public sealed record EmitInput(string Then, int? Total = 1);
