using Orleans.Concurrency;
using Orleans.Workflows.Abstractions;
using Orleans.Workflows.Grains.Definitions;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// Answers for a definition where it is. If it has come elsewhere, since that silo has died, it ends and comes to
/// another.
/// </summary>
/// <remarks>
/// Kept alive: while a machine's clock is behind where it was, Orleans cannot activate what it would collect when idle
/// (decision 19).
/// </remarks>
[Reentrant, KeepAlive, GrainType("owf.definition")]
internal sealed class DefinitionGrain(DefinitionRegistry definitions, IProcessStore store) : Grain, IDefinitionGrain
{
    /// <inheritdoc/>
    public Task<ProcessDescription?> DescribeAsync() =>
        Task.FromResult(IsHere() ? definitions.Find(Key.Type)!.Describe() : null);

    /// <inheritdoc/>
    public async Task<MessageReply?> RefuseAsync(MessageRequest request, CancellationToken cancellationToken) =>
        IsHere()
            ? ControlChecks.Refuse(request, await store.ReadRowAsync(request.Receiver, cancellationToken), definitions)
            : null;

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>?> GetSignalsAsync() => Task.FromResult<IReadOnlyList<string>?>(
        IsHere() && definitions.Find(Key.Type)!.Signals is { } signals ? [.. signals] : null);

    /// <inheritdoc/>
    public async Task<byte[]?> CompleteEditAsync(MessageRequest request, CancellationToken cancellationToken) =>
        IsHere() && await store.ReadRowAsync(request.Receiver, cancellationToken) is { } row
            ? InputEdits.Complete(request.Payload, row, definitions.Find(Key.Type)!)
            : null;

    private DefinitionKey Key => DefinitionKey.Of(this.GetPrimaryKeyString());

    private bool IsHere()
    {
        if (definitions.Find(Key.Type)?.Version == Key.Version)
        {
            return true;
        }

        DeactivateOnIdle();
        return false;
    }
}
