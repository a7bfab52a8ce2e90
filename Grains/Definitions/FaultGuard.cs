using Orleans.Workflows.Grains.Ports;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// Lets one check of a definition throw, because code of its author does, without hiding what the others find.
/// </summary>
internal sealed class FaultGuard(Type type, List<string> faults)
{
    /// <summary>Runs a check.</summary>
    public void Try(string what, Action check) => Try(what, () =>
    {
        check();
        return true;
    });

    /// <summary>Runs a check that finds something.</summary>
    /// <typeparam name="T">What it finds.</typeparam>
    /// <returns>What it found; the type's default when it threw, which is a fault.</returns>
    public T? Try<T>(string what, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            faults.Add($"{type.Name}: its {what} cannot be read: {PortRules.MessageOf(e)}");
            return default;
        }
    }
}
