using System.Globalization;
using Orleans.Workflows.CrashHost.Clocks;

namespace Orleans.Workflows.CrashHost.Storm.Faults;

/// <summary>Makes clocks wrong, by minutes: those of silos and the database's. Never the machine's own.</summary>
/// <param name="cluster">Whose clocks.</param>
internal sealed class ClockFaults(StormCluster cluster)
{
    private const int LeastSeconds = 60;
    private const int MostSeconds = 900;

    private readonly HashSet<int> _wrong = [];

    /// <summary>The name of a silo's clock.</summary>
    /// <param name="number">The silo's number.</param>
    /// <returns>The name.</returns>
    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"silo-{number}");

    /// <summary>Lets a silo's clock jump while it runs: from right to wrong, or from wrong to right.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="random">Draws by how much.</param>
    /// <returns>What happened.</returns>
    public string JumpSilo(StormSilo silo, Random random)
    {
        var drawn = Draw(random);
        var ahead = _wrong.Remove(silo.Number) ? TimeSpan.Zero : drawn;
        if (ahead != TimeSpan.Zero)
        {
            _wrong.Add(silo.Number);
        }

        Shift.Write(cluster.Folder.Gates, NameOf(silo.Number), ahead);
        return Text(ahead);
    }

    /// <summary>Lets a silo start again with another clock.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="random">Draws by how much it is wrong.</param>
    /// <returns>What happened.</returns>
    public async Task<string> SkewSiloAsync(StormSilo silo, Random random)
    {
        var text = JumpSilo(silo, random);
        await silo.KillAsync();
        return $"{text}, and it starts again";
    }

    /// <summary>Lets the database's clock jump.</summary>
    /// <param name="random">Draws to where.</param>
    /// <returns>What happened.</returns>
    public string JumpDatabase(Random random)
    {
        var ahead = Draw(random);
        Shift.Write(cluster.Folder.Gates, WrongClocks.Database, ahead);
        return Text(ahead);
    }

    /// <summary>
    /// Sets the silos' clocks right. A silo that started with a clock behind the cluster's time waits with deadlines of
    /// processes from before until its own clock has come to them, which may be longer than the storm waits for its
    /// processes.
    /// </summary>
    public void SetSilosRight()
    {
        foreach (var number in _wrong)
        {
            Shift.Write(cluster.Folder.Gates, NameOf(number), TimeSpan.Zero);
        }

        _wrong.Clear();
    }

    private static TimeSpan Draw(Random random) =>
        TimeSpan.FromSeconds(random.Next(LeastSeconds, MostSeconds) * (random.Next(2) == 0 ? 1 : -1));

    private static string Text(TimeSpan ahead) =>
        string.Create(CultureInfo.InvariantCulture, $"its clock is {ahead.TotalSeconds:0} s ahead now");
}
