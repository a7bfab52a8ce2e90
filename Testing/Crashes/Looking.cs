namespace Orleans.Workflows.Testing;

/// <summary>
/// Marks calls by which a test looks at processes: they are no accesses of the silo, and no cut stops them.
/// </summary>
internal static class Looking
{
    private const string Key = "owf.testing.looking";

    /// <summary>Whether the code runs for such a call.</summary>
    public static bool IsOn => RequestContext.Get(Key) is true;

    /// <summary>Makes a call by which a test looks.</summary>
    /// <typeparam name="T">What it sees.</typeparam>
    public static async Task<T> AtAsync<T>(Func<Task<T>> look)
    {
        RequestContext.Set(Key, true); // Of this method's own context: it ends with it.
        return await look().ConfigureAwait(false);
    }
}
