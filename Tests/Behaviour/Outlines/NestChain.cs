namespace Orleans.Workflows.Behaviour.Outlines;

/// <summary>Branches in a loop in a branch, with returns in all of them.</summary>
[Process("behaviour/nest")]
public sealed class NestChain : TrailChain<NestInput>
{
    /// <summary>The contract.</summary>
    public static readonly ProcessType<NestInput, Trail> Type = new("behaviour/nest");

    /// <summary>A plain exit code.</summary>
    public static readonly ExitCode Stopped = new(410, "STOPPED", "It was stopped.");

    /// <summary>An exit code with arguments.</summary>
    public static readonly ExitCode TooMany = new(411, "TOO_MANY", "{rounds} of {most} rounds.");

    /// <inheritdoc/>
    protected override void Define(OutlineBuilder outline) => outline
        .Step(First)
        .If(A, a => a
            .Step(InA)
            .While(More, round => round
                .Step(Round)
                .If(B, b => b
                    .Step(InB)
                    .If(S, s => s.Return(Stopped))
                    .ElseIf(M, m => m.Return(Filled))
                    .ElseIf(N, n => n.Return(222, "by number")))
                .ElseIf(C, c => c.Step(InC).If(R, r => r.Return()))
                .Else(e => e.Step(InElse))))
        .ElseIf(D, d => d.Step(InD).Return())
        .Else(e => e.Step(Otherwise).While(More, round => round.Step(Again), id: "more-again"))
        .Step(Last);

    private bool A() => Holds('a');

    private bool B() => Holds('b');

    private bool C() => Holds('c');

    private bool D() => Holds('d');

    private bool S() => Holds('s');

    private bool M() => Holds('m');

    private bool N() => Holds('n');

    private bool R() => Holds('r');

    private bool More() => Context.Rounds < Input.Rounds;

    private ExitCode Filled() => TooMany.With(("rounds", Context.Rounds), ("most", Input.Rounds));

    private Task First(StepContext step) => Went("first");

    private Task InA(StepContext step) => Went("a");

    private Task InB(StepContext step) => Went("b");

    private Task InC(StepContext step) => Went("c");

    private Task InD(StepContext step) => Went("d");

    private Task InElse(StepContext step) => Went("else");

    private Task Otherwise(StepContext step) => Went("otherwise");

    private Task Round(StepContext step)
    {
        Context.Rounds++;
        return Went($"{Context.Rounds}");
    }

    private Task Again(StepContext step)
    {
        Context.Rounds++;
        return Went("again");
    }

    private Task Last(StepContext step) => Went("last");

    private bool Holds(char letter) => Input.Holds.Contains(letter, StringComparison.Ordinal);
}
