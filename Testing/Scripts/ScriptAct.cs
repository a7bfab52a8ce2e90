using Orleans.Workflows.Abstractions;
using Orleans.Workflows.ClientSdk;

namespace Orleans.Workflows.Testing;

/// <summary>One act of a script.</summary>
/// <param name="When">The moment, for people.</param>
/// <param name="Condition">The moment.</param>
/// <param name="DoAsync">What happens; it gets the act's number in its script.</param>
internal sealed record ScriptAct(string When, Func<ProcessStatus, bool> Condition, Func<ProcessHandle, int, CancellationToken, Task> DoAsync);
