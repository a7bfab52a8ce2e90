namespace Orleans.Workflows.Unit.Abstractions;

public sealed class FailureInfoTests
{
    [Fact]
    public void From_KeepsTypeMessageTraceAndCauses()
    {
        var failure = FailureInfo.From(Thrown(new InvalidOperationException("outer", new FormatException("inner"))));

        failure.Type.ShouldBe("System.InvalidOperationException");
        failure.Message.ShouldBe("outer");
        failure.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Thrown));
        failure.ToString().ShouldBe("System.InvalidOperationException: outer <- System.FormatException: inner");
        failure.Inner!.Inner.ShouldBeNull();
    }

    [Fact]
    public void From_KeepsTenCauses()
    {
        var e = new InvalidOperationException("0");
        for (var i = 1; i <= 50; i++)
        {
            e = new InvalidOperationException($"{i}", e);
        }

        var depth = 0;
        for (var cause = FailureInfo.From(e).Inner; cause is not null; cause = cause.Inner)
        {
            depth++;
        }

        depth.ShouldBe(10);
    }

    [Theory]
    [InlineData(7_999)]
    [InlineData(8_000)]
    [InlineData(8_001)]
    [InlineData(1_000_000)]
    public void From_CutsALongMessageOfEveryCause(int length)
    {
        var failure = FailureInfo.From(
            new InvalidOperationException(new string('x', length), new FormatException(new string('y', length))));

        failure.Message.Length.ShouldBe(Math.Min(length, WorkflowLimits.MaxFailureTextLength));
        failure.Inner!.Message.Length.ShouldBe(Math.Min(length, WorkflowLimits.MaxFailureTextLength));
    }

    [Fact]
    public void From_AnExceptionWhoseOwnCodeThrows_KeepsItsType()
    {
        var failure = FailureInfo.From(new InvalidOperationException("outer", new Odd()));

        failure.Inner!.Type.ShouldBe(typeof(Odd).FullName);
        failure.Inner.Message.ShouldBe(
            $"(a {typeof(Odd)} whose message cannot be read: that throws a System.NotSupportedException)");
        failure.Inner.StackTrace.ShouldBeNull();
        FailureInfo.From(new Silent()).Message.ShouldBe($"(a {typeof(Silent)} whose message is null)");
    }

    [Fact]
    public void From_CutsALongTrace() =>
        FailureInfo.From(Thrown(new InvalidOperationException("deep"), 400)).StackTrace!.Length.ShouldBe(8_000);

    [Fact]
    public void IsCausedBy_LooksAtTheWholeChainByName()
    {
        var failure = FailureInfo.From(new InvalidOperationException("outer", new ArgumentNullException()));

        failure.IsCausedBy<InvalidOperationException>().ShouldBeTrue();
        failure.IsCausedBy<ArgumentNullException>().ShouldBeTrue();
        failure.IsCausedBy<ArgumentException>().ShouldBeFalse();
    }

    [Fact]
    public void From_AnAggregateException_KeepsEveryCause()
    {
        var failure = FailureInfo.From(
            new AggregateException(
                new FormatException("a"),
                new AggregateException(new TimeoutException("b"), new KeyNotFoundException("c"))));

        failure.IsCausedBy<FormatException>().ShouldBeTrue();
        failure.IsCausedBy<TimeoutException>().ShouldBeTrue();
        failure.IsCausedBy<KeyNotFoundException>().ShouldBeTrue();
        failure.IsCausedBy<ArgumentNullException>().ShouldBeFalse();
        failure.ToString().ShouldContain("System.Collections.Generic.KeyNotFoundException: c");
    }

    [Fact]
    public void From_AnAggregateExceptionOfThousands_KeepsAHundred()
    {
        var failure = FailureInfo.From(
            new AggregateException(Enumerable.Range(0, 5_000).Select(static i => Thrown(new FormatException($"{i}")))));

        Causes(failure).Count().ShouldBe(100);
        Causes(failure).Count(static cause => cause.StackTrace is not null).ShouldBe(10);
    }

    [Fact]
    public void From_TheFailureOfAnotherProcess_IsThatFailureWithinTheSameBounds()
    {
        var failure = FailureInfo.From(new FormatException("first"));
        for (var generation = 0; generation < 30; generation++)
        {
            failure = FailureInfo.From(
                new InvalidOperationException($"generation {generation}", new FailureException(failure)));
        }

        Causes(failure).Count().ShouldBe(10);
        failure.Inner!.Message.ShouldBe("generation 28");
        FailureInfo
            .From(
                new InvalidOperationException(
                    "outer",
                    new FailureException(FailureInfo.From(new FormatException("inner")))))
            .IsCausedBy<FormatException>()
            .ShouldBeTrue();
    }

    [Fact]
    public void Failure_StoredBeforeItsTypeMoved_IsFoundByTheType()
    {
        var stored = new FailureInfo
        {
            Type = "Orleans.Workflows.Abstractions.PayloadException",
            Message = "Too large.",
        };

        stored.IsCausedBy<PayloadException>().ShouldBeTrue();
        FailureInfo.From(new PayloadException("Too large.")).Type.ShouldBe(stored.Type);
        FailureInfo.From(new TimeoutException()).Type.ShouldBe("System.TimeoutException");
    }

    private static IEnumerable<FailureInfo> Causes(FailureInfo failure) =>
        (failure.Inner is null ? [] : (failure.Others ?? []).Prepend(failure.Inner)).SelectMany(static cause =>
            Causes(cause).Prepend(cause));

    private static Exception Thrown(Exception exception, int depth = 0)
    {
        try
        {
            Throw(exception, depth);
        }
        catch (Exception e) when (e == exception)
        {
            return e;
        }

        return exception;
    }

    private static void Throw(Exception exception, int depth)
    {
        if (depth == 0)
        {
            throw exception;
        }

        Throw(exception, depth - 1);
    }

    private sealed class Odd : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string? StackTrace => throw new NotSupportedException();
    }

    private sealed class Silent : Exception
    {
        public override string Message => null!;
    }
}
