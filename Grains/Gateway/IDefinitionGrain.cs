using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Grains.Gateway;

/// <summary>
/// A definition on a silo that has it, for gateways elsewhere. Its key is that of a <see cref="DefinitionKey"/>.
/// </summary>
[Alias("owf.IDefinitionGrain")]
internal interface IDefinitionGrain : IGrainWithStringKey
{
    /// <summary>Describes the definition.</summary>
    /// <returns>The description; null when the grain is where the definition is not.</returns>
    [Alias("Describe")]
    Task<ProcessDescription?> DescribeAsync();

    /// <summary>Refuses a control that makes no sense for its receiver as it stands.</summary>
    /// <returns>The refusal; null when it is to be stored, or the grain is where the definition is not.</returns>
    [Alias("Refuse")]
    Task<MessageReply?> RefuseAsync(MessageRequest request, CancellationToken cancellationToken);

    /// <summary>Names the signals that the definition can wait for.</summary>
    /// <returns>The names; null when they cannot be known, or the grain is where the definition is not.</returns>
    [Alias("Signals")]
    Task<IReadOnlyList<string>?> GetSignalsAsync();

    /// <summary>Makes what an edit of the input is stored as, which was not refused.</summary>
    /// <returns>The patch; null when the grain is where the definition is not, or the process has gone.</returns>
    [Alias("CompleteEdit")]
    Task<byte[]?> CompleteEditAsync(MessageRequest request, CancellationToken cancellationToken);
}
