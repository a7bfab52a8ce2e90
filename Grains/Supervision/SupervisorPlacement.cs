namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Spreads supervisors over the silos: the one with number n is at home on the silo n modulo their count, by address.
/// </summary>
[GenerateSerializer, Immutable, Alias("owf.SupervisorPlacement")]
internal sealed class SupervisorPlacement : PlacementStrategy
{
    /// <summary>Finds the home of a supervisor.</summary>
    /// <returns>The silo; null when there is none.</returns>
    public static SiloAddress? Home(long index, IEnumerable<SiloAddress> silos)
    {
        var sorted = silos.Order().ToArray();
        return sorted.Length == 0 ? null : sorted[index % sorted.Length];
    }
}
