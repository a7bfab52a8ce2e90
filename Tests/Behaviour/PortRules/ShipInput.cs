using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inputs with defaults and validators.</summary>
[ValidatesPorts(nameof(Weight), nameof(MostWeight))]
public sealed record ShipInput : IValidatableObject
{
    /// <summary>A required port.</summary>
    [Description("Where it goes.")]
    public required ShipAddress Address { get; init; }

    /// <summary>A default.</summary>
    [Range(1, 9)]
    public int Weight { get; init; } = 2;

    /// <summary>A port that has to do with another.</summary>
    public int MostWeight { get; init; } = 9;

    /// <summary>A computed default.</summary>
    public Guid Ticket { get; init; } = Guid.NewGuid();

    /// <summary>A list, which a step can change.</summary>
    public IList<string> Marks { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Weight > MostWeight)
        {
            yield return new ValidationResult("It is too heavy.", [nameof(Weight)]);
        }
    }
}
