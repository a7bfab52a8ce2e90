using Orleans.Workflows.Grains.Engine;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>A child whose result goes into the context.</summary>
/// <param name="Request">The child; its index is given when the step completes.</param>
/// <param name="MustSucceed">Whether its failure is the parent's.</param>
/// <param name="Place">Where its result goes.</param>
internal sealed record AwaitedChild(ChildRequest Request, bool MustSucceed, ContextPlace Place);
