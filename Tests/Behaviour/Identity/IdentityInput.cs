namespace Orleans.Workflows.Behaviour.Identity;

/// <summary>Whether it starts a child of its kind.</summary>
/// <param name="HasChild">Whether it does.</param>
public sealed record IdentityInput(bool HasChild = false);
