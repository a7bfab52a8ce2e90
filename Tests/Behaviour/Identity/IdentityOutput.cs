namespace Orleans.Workflows.Behaviour.Identity;

/// <summary>What the called code saw.</summary>
/// <param name="Seen">The identities, in order.</param>
public sealed record IdentityOutput(IReadOnlyList<ProcessIdentity?> Seen);
