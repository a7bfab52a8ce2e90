using Orleans.Workflows.Abstractions;

namespace Orleans.Workflows.Crash.CutOff;

internal static class CutOffTypes
{
    public static readonly ProcessType<Errand, ErrandDone> Errand = new("test/errand");
}

public sealed record Errand(int Number);

public sealed record ErrandDone(string Text);
