using Xunit.Sdk;

[assembly: RegisterXunitSerializer(
    typeof(Orleans.Workflows.Behaviour.Matrix.MatrixCaseSerializer),
    typeof(Orleans.Workflows.Behaviour.Matrix.MatrixCase)
)]

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>Two controls for a process in a situation.</summary>
/// <param name="Situation">The situation.</param>
/// <param name="First">The first control.</param>
/// <param name="Second">The second control.</param>
/// <param name="Together">Whether the second is sent without waiting for the effect of the first.</param>
public sealed record MatrixCase(Situation Situation, Control First, Control Second, bool Together)
{
    /// <summary>
    /// All cases. While a step runs only a kill has its effect before the step's end, so only that is waited for.
    /// </summary>
    public static IEnumerable<MatrixCase> All =>
        from situation in Enum.GetValues<Situation>()
        from first in Enum.GetValues<Control>()
        from second in Enum.GetValues<Control>()
        from together in Orders(situation)
        select new MatrixCase(situation, first, second, together);

    /// <summary>For each situation each control once in each place.</summary>
    public static IEnumerable<MatrixCase> OnePerClass =>
        from situation in Enum.GetValues<Situation>()
        from first in Enum.GetValues<Control>()
        select new MatrixCase(situation, first, (Control)(((int)first + 1 + (int)situation) % 5), Together: true);

    private static bool[] Orders(Situation situation) => situation == Situation.AtBoundary ? [true] : [true, false];

    /// <inheritdoc/>
    public override string ToString() => $"{Situation}: {First} {(Together ? "and" : "then")} {Second}";
}
