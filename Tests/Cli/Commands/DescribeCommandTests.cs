using Orleans.Workflows.CliTests.Silo;

namespace Orleans.Workflows.CliTests.Commands;

public sealed class DescribeCommandTests(EmbeddedSiloFixture silo) : CommandTest(silo)
{
    [Fact]
    public async Task Types_Text_IsANameALine()
    {
        var ran = (await RunAsync("types")).ShouldExitWith(0);

        ran.Lines.ShouldContain("test/booking");
        ran.Lines.ShouldBe(ran.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Types_Json_IsAnArrayOfTypesWithTheirSilos()
    {
        var types = (await RunAsync("types", "--json"))
            .ShouldExitWith(0)
            .Json.EnumerateArray()
            .ToDictionary(static type => type.GetProperty("type").GetString()!);

        types.Keys.ShouldContain("test/echo");
        var silo = types["test/booking"].GetProperty("silos").EnumerateArray().ShouldHaveSingleItem();
        silo.GetProperty("version").GetInt32().ShouldBe(3);
        silo.GetProperty("address").GetString().ShouldNotBeNullOrEmpty();
        silo.GetProperty("name").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Describe_Text_HasPortsExitCodesAndOutline()
    {
        var ran = (await RunAsync("describe", "test/booking")).ShouldExitWith(0);

        ran.Out.ShouldBe("""
            test/booking, version 3
            Books seats.

            Inputs:
              name      string                required    Who comes. (StringLength 50)
              seats     int                   default 1   (Range 1..9)
              guests    IReadOnlyList<Guest>  default []
                *       Guest
                  name  string                required

            Outputs:
              text  string  required

            Exit codes:
              410  FULL     Only {left} of {wanted} seats are left.
              420  REFUSED  The booking was refused.

            Outline, with the positions of its steps:
              Look               Look
              if IsFull
                return Sorry
              else if IsLarge
                signal approval  IsLarge/approval/Decided
              else
                Reserve          IsFull-else/Reserve
              if IsRefused
                return REFUSED
              while MorePrints
                Print            MorePrints/Print
                delay Dry        MorePrints/Dry
              children Send      Send, Send/Sent

            """);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    public async Task Describe_NarrowScreen_FoldsWhatDoesNotFitAndLosesNothing(int width)
    {
        var narrow = (await RunOnScreenAsync(width, hasColors: false, "describe", "test/booking")).ShouldExitWith(0);
        var wide = (
            await RunOnScreenAsync(width, hasColors: false, "describe", "test/booking", "--wide")
        ).ShouldExitWith(0);

        narrow.Lines.ShouldAllBe(line => line.Length <= width);
        Words(narrow).ShouldBe(Words(wide));
        wide.Out.ShouldBe((await RunAsync("describe", "test/booking")).Out);
        (narrow.Lines.Length > wide.Lines.Length).ShouldBe(width < 70, "the longest line has 65 characters");

        static string[] Words(Ran ran) => ran.Out.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Types_NarrowScreen_HasEachNameWhole() =>
        (await RunOnScreenAsync(20, hasColors: false, "types")).ShouldExitWith(0).Out.ShouldBe(
            (await RunAsync("types")).ShouldExitWith(0).Out);

    [Fact]
    public async Task Describe_StepMachine_HasItsSteps()
    {
        var ran = (await RunAsync("describe", "test/approval")).ShouldExitWith(0);

        ran.Out.ShouldEndWith("""

            Steps:
              Approved
              RunAsync

            """);
        ran.Out.ShouldNotContain("Exit codes");
    }

    [Fact]
    public async Task Describe_Json_HasSchemasAsJson()
    {
        var json = (await RunAsync("describe", "test/booking", "--json")).ShouldExitWith(0).Json;

        Ran.ShouldHaveMembers(
            json,
            "type",
            "version",
            "help",
            "inputs",
            "outputs",
            "inputSchema",
            "outputSchema",
            "exitCodes",
            "outline",
            "positions",
            "silos");
        json.GetProperty("inputSchema")
            .GetProperty("properties")
            .GetProperty("seats")
            .GetProperty("maximum")
            .GetInt32()
            .ShouldBe(9);
        json.GetProperty("outputSchema").GetProperty("properties").TryGetProperty("text", out _).ShouldBeTrue();
        json.GetProperty("exitCodes")[0].GetProperty("label").GetString().ShouldBe("FULL");
    }

    [Fact]
    public async Task Describe_Schema_IsThatOfTheInputsAlone()
    {
        var json = (await RunAsync("describe", "test/booking", "--schema")).ShouldExitWith(0).Json;

        json.GetProperty("$schema").GetString().ShouldNotBeNull().ShouldContain("2020-12");
        json.GetProperty("properties")
            .EnumerateObject()
            .Select(static port => port.Name)
            .ShouldBe(["name", "seats", "guests"]);
    }

    [Fact]
    public async Task Describe_UnknownType_ExitsWithNotFoundAndNamesThoseThereAre()
    {
        var ran = (await RunAsync("describe", "test/nothing")).ShouldExitWith(3);

        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain("No live silo has the process type 'test/nothing'");
        ran.Error.ShouldContain("test/echo");
    }
}
