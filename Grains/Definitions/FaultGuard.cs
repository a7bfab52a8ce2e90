using Orleans.Workflows.Grains.Ports;
using Orleans.Workflows.Linked;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// Lets one check of a definition throw, because code of its author does, without hiding what the others find.
/// </summary>
internal sealed class FaultGuard(Type type, List<string> faults)
{
    /// <summary>
    /// Runs code of the author that names methods before the constructor has run. What it has named before it threw is
    /// still checked.
    /// </summary>
    public static bool TryDefine(string type, string what, List<string> faults, Action define)
    {
        try
        {
            define();
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var remedy = e is ArgumentException or ArithmeticException or FormatException
                ? "Mend the argument; what comes behind it is not checked yet."
                : "Define and Configure run before the constructor and may only name methods.";
            faults.Add($"{type}: {what} cannot be read: {Sentence.Ended(PortRules.MessageOf(e))} {remedy}");
            return false;
        }
    }

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
            faults.Add($"{type.Name}: its {what} cannot be read: {Sentence.Ended(PortRules.MessageOf(e))}");
            return default;
        }
    }
}
