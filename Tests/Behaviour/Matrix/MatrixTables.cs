using System.Text;

namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>The tables of docs/concepts/control.md, made of the same data as the tests.</summary>
internal static class MatrixTables
{
    private static readonly Situation[] Alive =
    [
        .. Enum.GetValues<Situation>().Where(static situation => situation < Situation.Finished),
    ];

    /// <summary>Makes the tables.</summary>
    /// <returns>Markdown.</returns>
    public static string Make() => $"{One()}\n{Two()}";

    private static string One()
    {
        var text = new StringBuilder();
        text.Append(
            "One control:\n\n| The process is | pause | play | kill | kill by force | resume (its signal) "
            + "|\n|---|---|---|---|---|---|\n");
        foreach (var situation in Enum.GetValues<Situation>())
        {
            text.Append($"| {Name(situation)} |");
            foreach (var control in Enum.GetValues<Control>())
            {
                var oracle = new Oracle(situation);
                var answer = oracle.Send(control, "1")[0];
                text.Append($" {Word(answer)}{(oracle.HadEnded ? "" : $": {Becomes(oracle, situation)}")} |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Two()
    {
        var text = new StringBuilder();
        text.Append(
            "Two controls, in this order, whether the first has had its effect or both arrive in the same instant; ¹ "
            + "and ² say whose text is kept. A process that has ended stays as it is.\n\n");
        text.Append(
            $"| First, second | {string.Join(" | ", Alive.Select(Name))} "
            + $"|\n|---|{string.Concat(Alive.Select(static _ => "---|"))}\n");
        foreach (var first in Enum.GetValues<Control>())
        {
            foreach (var second in Enum.GetValues<Control>())
            {
                text.Append($"| {Word(first)}, {Word(second)} |");
                foreach (var situation in Alive)
                {
                    var oracle = new Oracle(situation);
                    oracle.Send(first, "1");
                    oracle.Send(second, "2");
                    text.Append($" {Becomes(oracle, situation)} |");
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Becomes(Oracle oracle, Situation situation) => oracle switch
    {
        { KillText: { } text } => $"Killed{Index(text)}",
        { IsPaused: true, PauseText: "1" or "2" } => $"paused{Index(oracle.PauseText)}",
        { IsPaused: true } => "stays paused",
        { Finishes: true } => "goes on with the signal",
        _ when situation == Situation.Created => oracle.IsSignalled ? "keeps the signal" : "stays created",
        _ => "goes on",
    };

    private static string Index(string text) => text == "1" ? "¹" : "²";

    private static string Name(Situation situation) => situation switch
    {
        Situation.Created => "created",
        Situation.CreatedPaused => "created, paused",
        Situation.StepRunning => "running a step",
        Situation.AtBoundary => "at the end of a step",
        Situation.Waiting => "waiting",
        Situation.WaitingPaused => "waiting, paused",
        Situation.RunningPaused => "paused between steps",
        Situation.Incident => "in an incident, mended",
        Situation.Finished => "Finished",
        Situation.Excepted => "Excepted",
        Situation.Killed => "Killed",
        _ => throw new InvalidOperationException($"Unknown situation {situation}."),
    };

    private static string Word(Control control) =>
        control == Control.Force ? "force" : control.ToString().ToLowerInvariant();

    private static string Word(Answer answer) => answer switch
    {
        Answer.Accepted => "accepted",
        Answer.AlreadySo => "already so",
        Answer.BeingKilled => "refused: being killed",
        Answer.Ended => "refused: ended",
        _ => throw new InvalidOperationException($"Unknown answer {answer}."),
    };
}
