namespace Orleans.Workflows.Unit.Definitions;

/// <summary>What a method that an outline names says comes next: in every place, in every form.</summary>
public sealed class StepReturnTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, Action<Deciding, OutlineBuilder>> Outlines = new()
    {
        ["step, later result"] = static (c, o) => o.Step(c.LaterResult),
        ["step, later code"] = static (c, o) => o.Step(c.LaterCode),
        ["step, result"] = static (c, o) => o.Step(c.NowResult),
        ["step, code"] = static (c, o) => o.Step(c.NowCode),
        ["signal, later result"] = static (c, o) => o.WaitFor<int>("go", c.LaterResult),
        ["signal, later code"] = static (c, o) => o.WaitFor<int>("go", c.LaterCode),
        ["signal, result"] = static (c, o) => o.WaitFor<int>("go", c.NowResult),
        ["signal, code"] = static (c, o) => o.WaitFor<int>("go", c.NowCode),
        ["bare signal, later result"] = static (c, o) => o.WaitFor("go", c.LaterResult),
        ["bare signal, later code"] = static (c, o) => o.WaitFor("go", c.LaterCode),
        ["bare signal, result"] = static (c, o) => o.WaitFor("go", c.NowResult),
        ["bare signal, code"] = static (c, o) => o.WaitFor("go", c.NowCode),
        ["late, later result"] = static (c, o) => o.WaitFor<int>("go", c.Nothing, Minute, c.LaterResult),
        ["late, later code"] = static (c, o) => o.WaitFor<int>("go", c.Nothing, Minute, c.LaterCode),
        ["late, result"] = static (c, o) => o.WaitFor<int>("go", c.Nothing, Minute, c.NowResult),
        ["late, code"] = static (c, o) => o.WaitFor("go", c.Other, Minute, c.NowCode),
        ["child, later result"] = static (c, o) => o.Child(c.Start, c.LaterResult),
        ["child, later code"] = static (c, o) => o.Child(c.Start, c.LaterCode),
        ["child, result"] = static (c, o) => o.Child(c.Start, c.NowResult),
        ["child, code"] = static (c, o) => o.Child(c.Start, c.NowCode),
        ["children, later result"] = static (c, o) => o.Children(c.StartTwo, c.LaterResult),
        ["children, later code"] = static (c, o) => o.Children(c.StartTwo, c.LaterCode),
        ["children, result"] = static (c, o) => o.Children(c.StartTwo, c.NowResult),
        ["children, code"] = static (c, o) => o.Children(c.StartTwo, c.NowCode),
        ["if, code"] = static (c, o) => o.If(c.Goes, then => then.Step(c.NowCode)),
        ["else, later code"] = static (c, o) =>
            o.If(c.Never, then => then.Step(c.Other)).Else(otherwise => otherwise.Step(c.LaterCode)),
        ["while, result"] = static (c, o) => o.While(c.Goes, body => body.Step(c.NowResult).Step(c.Stop)),
    };

    public static TheoryData<string> Places => [.. Outlines.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Method_ThatSaysTheEnd_EndsTheProcess(string place) =>
        (await PathAsync(Outlines[place], "!")).ShouldEndWith(" exit 150");

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Method_ThatSaysNothing_LeavesItToTheOutline(string place) =>
        (await PathAsync(Outlines[place], "")).ShouldEndWith(" Rest end");

    [Theory]
    [InlineData("go", "To [go] go/Nothing [00:00:01] Soon Start [1 children] Start/NowResultOfChild last Rest end")]
    [InlineData("Soon", "To [00:00:01] Soon Start [1 children] Start/NowResultOfChild last Rest end")]
    [InlineData("Start", "To Start [1 children] Start/NowResultOfChild last Rest end")]
    [InlineData("last", "To last Rest end")]
    [InlineData("pair", "To Never/pair [2 children] Never/pair/LaterNothing last Rest end")]
    public async Task Next_NamesAnElementByItsId_AndTheOutlineGoesOnBehindIt(string id, string path) =>
        (
            await PathAsync(
                static (c, o) =>
                    o.Step(c.To)
                        .WaitFor<int>("go", c.Nothing)
                        .Delay(c.Soon)
                        .Child(c.Start, c.NowResultOfChild)
                        .If(c.Never, then => then.Children(c.StartTwo, c.LaterNothing, id: "pair"))
                        .Step(c.Other, id: "last"),
                $"!{id}")
        ).ShouldBe(path);

    [Theory]
    [InlineData("missing", "The outline has no step 'missing' to go on at")]
    [InlineData("Never", "The outline has no step 'Never' to go on at")]
    public async Task Next_ThatNamesNoElement_FailsTheStep(string id, string fault) =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                PathAsync(static (c, o) => o.Step(c.To).If(c.Never, then => then.Step(c.Other)), $"!{id}"))
        ).Message.ShouldContain(fault);

    [Fact]
    public void Elements_TakeRetryAndTimeoutForTheirSteps()
    {
        var (retry, time) = (RetryPolicy.Fixed(4, Minute), TimeSpan.FromSeconds(9));
        var steps = OutlineWalk.Sound(Deciding.With((c, o) => o
            .WaitFor<int>("go", c.Nothing, Minute, c.LaterResult, retry: retry, stepTimeout: time)
            .WaitFor("bare", c.NowCode, retry: retry, stepTimeout: time)
            .Child(c.Start, c.NowResultOfChild, retry: retry, stepTimeout: time)
            .Children(c.StartTwo, c.LaterNothing, id: "pair", retry: retry, stepTimeout: time))).Steps;

        foreach (
            var position in new[]
            {
                "go/Nothing",
                "go/LaterResult",
                "bare/NowCode",
                "Start",
                "Start/NowResultOfChild",
                "pair",
                "pair/LaterNothing",
            })
        {
            steps[position]
                .ShouldSatisfyAllConditions(
                    step => step.Retry.ShouldBeSameAs(retry),
                    step => step.Timeout.ShouldBe(time));
        }
    }

    [Fact]
    public void Elements_WithoutPolicies_HaveThoseOfTheType()
    {
        var steps = OutlineWalk
            .Sound(Deciding.With(static (c, o) => o.WaitFor<int>("go", c.Nothing).Child(c.Start, c.NowResultOfChild)))
            .Steps;

        steps.Values.ShouldAllBe(static step => step.Retry == null && step.Timeout == null);
    }

    public static TheoryData<string, string> Useless => new()
    {
        { "step", "'Number' returns Task<int>" },
        { "text", "'Text' returns string" },
        { "anything", "'Anything' returns Task<object>" },
        { "signal", "'Number' returns Task<int>" },
        { "bare signal", "'Number' returns Task<int>" },
        { "late", "'Number' returns Task<int>" },
        { "child", "'Number' returns Task<int>" },
        { "children", "'Number' returns Task<int>" },
    };

    [Theory]
    [MemberData(nameof(Useless))]
    public void Method_WhoseResultCannotBeUsed_IsAFaultThatNamesIt(string place, string fault) =>
        OutlineWalk
            .Faults(
                Deciding.With(
                    place switch
                    {
                        "step" => static (c, o) => o.Step(c.Number),
                        "text" => static (c, o) => o.Step(c.Text),
                        "anything" => static (c, o) => o.Step(c.Anything),
                        "signal" => static (c, o) => o.WaitFor<int>("go", c.Number),
                        "bare signal" => static (c, o) => o.WaitFor("go", c.Number),
                        "late" => static (c, o) => o.WaitFor<int>("go", c.Nothing, Minute, c.Number),
                        "child" => static (c, o) => o.Child(c.Start, c.Number),
                        _ => static (c, o) => o.Children(c.StartTwo, c.Number),
                    }))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                text => text.ShouldContain(fault),
                text =>
                    text.ShouldContain(
                        "let it return Task, Task<StepResult?>, Task<ExitCode>, StepResult? or ExitCode"));

    private static Task<string> PathAsync(Action<Deciding, OutlineBuilder> outline, string holds) =>
        OutlineWalk.PathAsync(
            Deciding.With(
                (c, o) =>
                {
                    outline(c, o);
                    o.Step(c.Rest);
                }),
            $"{{\"holds\":\"{holds}\"}}");
}
