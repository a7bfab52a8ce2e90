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

    public static TheoryData<string> Useless => [.. UselessOutlines.Keys];

    private static readonly Dictionary<string, Action<Deciding, OutlineBuilder>> UselessOutlines = new()
    {
        ["'Number' returns Task<int>: step"] = static (c, o) => o.Step(c.Number),
        ["'Text' returns string"] = static (c, o) => o.Step(c.Text),
        ["'Anything' returns Task<object>"] = static (c, o) => o.Step(c.Anything),
        ["'Number' returns Task<int>: signal"] = static (c, o) => o.WaitFor<int>("go", c.Number),
        ["'Number' returns Task<int>: bare signal"] = static (c, o) => o.WaitFor("go", c.Number),
        ["'Number' returns Task<int>: late"] = static (c, o) => o.WaitFor<int>("go", c.Nothing, Minute, c.Number),
        ["'Number' returns Task<int>: child"] = static (c, o) => o.Child(c.Start, c.Number),
        ["'Number' returns Task<int>: children"] = static (c, o) => o.Children(c.StartTwo, c.Number),
        ["'Boxed' returns object: step"] = static (c, o) => o.Step(c.Boxed),
        ["'Boxed' returns object: signal"] = static (c, o) => o.WaitFor<int>("go", c.Boxed),
        ["'Boxed' returns object: late"] = static (c, o) => o.WaitFor("go", c.Other, Minute, c.Boxed),
        ["'Boxed' returns object: child"] = static (c, o) => o.Child(c.Start, c.Boxed),
        ["'Boxed' returns object: children"] = static (c, o) => o.Children(c.StartTwo, c.Boxed),
    };

    [Theory]
    [MemberData(nameof(Useless))]
    public void Method_WhoseResultCannotBeUsed_IsAFaultThatNamesIt(string place) =>
        OutlineWalk
            .Faults(Deciding.With(UselessOutlines[place]))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                text => text.ShouldContain(place.Split(':')[0]),
                text =>
                    text.ShouldContain(
                        "let it return Task, Task<StepResult?>, Task<ExitCode>, StepResult? or ExitCode"));

    private static readonly Dictionary<string, Action<Deciding, OutlineBuilder>> HandingOn = new()
    {
        ["step"] = static (c, o) => o.Step(c.HandedOn),
        ["signal"] = static (c, o) => o.WaitFor<int>("go", c.HandedOn),
        ["bare signal"] = static (c, o) => o.WaitFor("go", c.HandedOn),
        ["late"] = static (c, o) => o.WaitFor<int>("go", c.Nothing, Minute, c.HandedOn),
        ["child"] = static (c, o) => o.Child(c.Start, c.HandedOn),
        ["children"] = static (c, o) => o.Children(c.StartTwo, c.HandedOn),
    };

    public static TheoryData<string, string> HandedOn =>
        new(HandingOn.Keys.SelectMany(static place =>
            new[] { (place, "!"), (place, "c!"), (place, ""), (place, "c") }));

    /// <summary>What the method hides counts for nothing, so it fails the step, also where it says nothing.</summary>
    [Theory]
    [MemberData(nameof(HandedOn))]
    public async Task Method_ThatSaysTaskAndHandsAResultOn_FailsItsStep(string place, string holds) =>
        (
            await Should.ThrowAsync<InvalidOperationException>(() => PathAsync(HandingOn[place], holds))
        ).Message.ShouldBe(
            "The step returns a result although its method says Task: declare what it returns, so that it counts.");

    [Theory]
    [MemberData(nameof(Handing))]
    public async Task Method_ThatSaysTaskAndHandsANumberOn_LeavesItToTheOutline(string place) =>
        (await PathAsync(HandingOn[place], "7")).ShouldEndWith(" Rest end");

    public static TheoryData<string> Handing => [.. HandingOn.Keys];

    /// <summary>
    /// C# refuses a method that returns void, or a value task, where the outline takes an object: there is no way in.
    /// </summary>
    [Fact]
    public void Outline_TakesNoMethod_ThatReturnsVoidOrAValue() =>
        typeof(OutlineBuilder).Assembly.GetExportedTypes()
            .Where(static type => type.IsAssignableTo(typeof(OutlineBuilder)))
            .SelectMany(static type => type.GetMethods())
            .SelectMany(static method => method.GetParameters())
            .Select(static parameter => parameter.ParameterType)
            .Where(static type => type.IsAssignableTo(typeof(Delegate)))
            .Select(static type => type.GetMethod("Invoke")!)
            .Where(static call => call.GetParameters() is [{ ParameterType: var first }, ..]
                && first == typeof(StepContext))
            .Select(static call => call.ReturnType)
            .Distinct()
            .ShouldBe([typeof(object)]);

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
