using CsCheck;

namespace Orleans.Workflows.Unit.Processes;

public sealed class RetryPolicyTests
{
    private static readonly InvalidOperationException Error = new("no");

    [Fact]
    public void None_NeverTriesAgain() => Delay(RetryPolicy.None, 1, Error).ShouldBeNull();

    [Fact]
    public void Fixed_TriesAgainAfterEqualDelays()
    {
        var policy = RetryPolicy.Fixed(3, TimeSpan.FromSeconds(2));

        Delays(policy, 4).ShouldBe([2, 2, null, null]);
    }

    [Fact]
    public void Exponential_DoublesUpToTheLongestDelay()
    {
        var policy = RetryPolicy.Exponential(6, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

        Delays(policy, 6).ShouldBe([1, 2, 4, 5, 5, null]);
    }

    [Fact]
    public void Exponential_ByDefault_BeginsWithASecondAndStaysBelowFiveMinutes()
    {
        var policy = RetryPolicy.Exponential(100);

        Delay(policy, 1, Error).ShouldBe(TimeSpan.FromSeconds(1));
        Delay(policy, 99, Error).ShouldBe(TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void Except_DoesNotRetryTheTypeAndThoseDerivedFromIt()
    {
        var policy = RetryPolicy.Fixed(5, TimeSpan.Zero).Except<ArgumentException>().Except<FormatException>();

        Delay(policy, 1, new ArgumentNullException()).ShouldBeNull();
        Delay(policy, 1, new FormatException()).ShouldBeNull();
        Delay(policy, 1, Error).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Except_SeesEveryCauseOfAnAggregateException()
    {
        var policy = RetryPolicy.Fixed(5, TimeSpan.Zero).Except<TimeoutException>();

        Delay(policy, 1, new AggregateException(Error, new AggregateException(new TimeoutException()))).ShouldBeNull();
        Delay(policy, 1, new AggregateException(Error, new FormatException())).ShouldBe(TimeSpan.Zero);
        Delay(RetryPolicy.Fixed(5, TimeSpan.Zero).Except<AggregateException>(), 1, new AggregateException(Error))
            .ShouldBeNull();
    }

    /// <summary>Thrown, it would hide whatever else is wrong with the outline that it stands in.</summary>
    [Fact]
    public void Policy_WithValuesOutOfTheirRange_SaysWhichAndTheBounds()
    {
        RetryPolicy.Fixed(0, TimeSpan.FromSeconds(-1)).Fault.ShouldBe(
            "its maxAttempts is 0 and must be 1 or more, and its delay is -00:00:01 and must be zero or more");
        RetryPolicy.Exponential(1, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)).Fault.ShouldBe(
            "its maxDelay is 00:00:01 and must be firstDelay, 00:00:02, or more");
        RetryPolicy.Exponential(3).Except<FormatException>().Fault.ShouldBeNull();
    }

    [Fact]
    public void Delay_IsNeverNegativeNorAboveTheLongestNorFalling() =>
        Gen.Select(Gen.Int[1, 5_000], Gen.Long[0, 1L << 53], Gen.Long[0, 1L << 53], Gen.Int[1, 5_000])
            .Sample(
                static (attempts, a, b, failures) =>
                {
                    var policy = RetryPolicy.Exponential(
                        attempts,
                        TimeSpan.FromTicks(Math.Min(a, b)),
                        TimeSpan.FromTicks(Math.Max(a, b)));

                    var delay = Delay(policy, failures, Error);

                    return failures >= attempts
                        ? delay is null
                        : delay >= TimeSpan.Zero
                            && delay <= policy.MaxDelay
                            && (failures == 1 || delay >= Delay(policy, failures - 1, Error));
                });

    private static IEnumerable<double?> Delays(RetryPolicy policy, int count) =>
        Enumerable.Range(1, count).Select(failures => Delay(policy, failures, Error)?.TotalSeconds);

    private static TimeSpan? Delay(RetryPolicy policy, int failures, Exception error) =>
        policy.RuleFor(error)?.DelayAfter(failures);
}
