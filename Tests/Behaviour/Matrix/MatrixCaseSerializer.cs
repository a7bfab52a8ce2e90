using System.Diagnostics.CodeAnalysis;
using Xunit.Sdk;

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>Lets the runner name each case.</summary>
public sealed class MatrixCaseSerializer : IXunitSerializer
{
    /// <inheritdoc/>
    public object Deserialize(Type type, string serializedValue)
    {
        var parts = serializedValue.Split(' ');
        return new MatrixCase(
            Enum.Parse<Situation>(parts[0]),
            Enum.Parse<Control>(parts[1]),
            Enum.Parse<Control>(parts[2]),
            bool.Parse(parts[3]));
    }

    /// <inheritdoc/>
    public bool IsSerializable(Type type, object? value, [NotNullWhen(false)] out string? failureReason)
    {
        failureReason = value is MatrixCase ? null : "It is no case of the matrix.";
        return failureReason is null;
    }

    /// <inheritdoc/>
    public string Serialize(object value)
    {
        var (situation, first, second, together) = (MatrixCase)value;
        return $"{situation} {first} {second} {together}";
    }
}
