using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Supervision;

/// <summary>
/// Which supervisor, of how many. Both are in the grain's key, so that silos with different numbers of supervisors,
/// while one number is being replaced by another, each have a set that covers everything.
/// </summary>
/// <param name="Index">Its number, 0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">How many there are in its set, 1 to 256.</param>
internal readonly record struct SupervisorKey(int Index, int Count)
{
    /// <summary>The grain's key.</summary>
    public long Value => ((long)Count << 32) | (uint)Index;

    /// <summary>Whether there can be such a supervisor. The keys of the first databases were the index alone.</summary>
    public bool IsValid => Count is >= 1 and <= SliceRange.Slices && Index >= 0 && Index < Count;

    /// <summary>The part of the id space that it looks after.</summary>
    public SliceRange Slices => SliceRange.Part(Index, Count);

    /// <summary>Reads the key of a grain.</summary>
    /// <returns>What it says; not valid if it is none of a supervisor.</returns>
    public static SupervisorKey Of(long value) => new((int)(value & uint.MaxValue), (int)(value >> 32));

    /// <summary>The supervisors of a set.</summary>
    /// <returns>Their keys, by index.</returns>
    public static IEnumerable<SupervisorKey> Set(int count) =>
        Enumerable.Range(0, count).Select(index => new SupervisorKey(index, count));
}
