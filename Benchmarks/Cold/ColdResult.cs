using System.Globalization;
using Orleans.Workflows.Benchmarks.Measures;

namespace Orleans.Workflows.Benchmarks.Cold;

/// <summary>What a silo that has just been started says of itself, line by line.</summary>
internal sealed class ColdResult
{
    private readonly List<double> _perSecond = [];

    /// <summary>How long it took from the start of its process until it took calls.</summary>
    public double ReadySeconds { get; private set; }

    /// <summary>The processes per second of each run.</summary>
    public IReadOnlyList<double> PerSecond => _perSecond;

    /// <summary>Whether the last runs agree.</summary>
    public bool IsStable { get; private set; }

    /// <summary>The processes per second of the first run.</summary>
    public double First => _perSecond[0];

    /// <summary>The processes per second of the last runs.</summary>
    public double Reached => Percentile.Median(_perSecond.TakeLast(3))!.Value;

    /// <summary>Reads a line.</summary>
    /// <param name="line">What the silo's process has printed.</param>
    /// <param name="since">How long ago it was started.</param>
    public void Read(string line, TimeSpan since)
    {
        switch (line.Split(' '))
        {
            case ["ready"]:
                ReadySeconds = since.TotalSeconds;
                break;
            case ["run", var speed]:
                _perSecond.Add(double.Parse(speed, CultureInfo.InvariantCulture));
                break;
            case ["stable"]:
                IsStable = true;
                break;
        }
    }
}
