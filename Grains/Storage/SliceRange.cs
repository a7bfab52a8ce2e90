namespace Orleans.Workflows.Grains.Storage;

/// <summary>A range of slices.</summary>
/// <param name="First">The first slice, 0 to 255.</param>
/// <param name="Last">The last slice, inclusive, 0 to 255.</param>
public readonly record struct SliceRange(int First, int Last)
{
    /// <summary>
    /// The number of slices that ids are spread over: 256. Stored with each row, so it never changes.
    /// </summary>
    public const int Slices = 256;

    /// <summary>Every slice.</summary>
    public static SliceRange All { get; } = new(0, Slices - 1);

    /// <summary>The share of one of several equal parts.</summary>
    /// <param name="index">Which part, 0 to <paramref name="parts"/> - 1.</param>
    /// <param name="parts">How many parts, 1 to 256.</param>
    /// <returns>The part's slices.</returns>
    public static SliceRange Part(int index, int parts) =>
        new(index * Slices / parts, ((index + 1) * Slices / parts) - 1);
}
