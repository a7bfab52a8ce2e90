using System.Globalization;

namespace Orleans.Workflows.CrashHost.Processes;

/// <summary>What the n-th process of a load is, for who starts it and for who checks it.</summary>
public static class LoadPlan
{
    /// <summary>The id of a process.</summary>
    /// <param name="prefix">The load's.</param>
    /// <param name="number">Its number, 1 for the first.</param>
    /// <returns>The id.</returns>
    public static ProcessId Id(string prefix, int number) =>
        ProcessId.Parse(string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:000000}"));

    /// <summary>The number of a process.</summary>
    /// <param name="prefix">The load's.</param>
    /// <param name="id">Its id.</param>
    /// <returns>The number.</returns>
    public static int Number(string prefix, ProcessId id) =>
        int.Parse(id.Value.AsSpan(prefix.Length), CultureInfo.InvariantCulture);

    /// <summary>Whether a process waits for a signal; else it is a chain of steps.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsWait(int number) => number % 5 == 0;

    /// <summary>The input of a chain.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>The input.</returns>
    public static StepsInput Input(int number) => new(number, Rounds: 2 + (number % 6));
}
