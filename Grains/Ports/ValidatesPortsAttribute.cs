namespace Orleans.Workflows;

/// <summary>
/// Says which ports the record's own validation needs: its <c>IValidatableObject.Validate</c> and the validation
/// attributes on it. A process that exposes the record without some other port can then still run them.
/// </summary>
/// <param name="ports">The names of the properties, by <c>nameof</c>.</param>
/// <remarks>
/// The validation may then run on an object that has only the exposed ports; all others have their type's default.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ValidatesPortsAttribute(params string[] ports) : Attribute
{
    /// <summary>The names of the properties.</summary>
    public IReadOnlyList<string> Ports { get; } = ports;
}
