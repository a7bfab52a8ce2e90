using System.Text;
using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.PortRules;

/// <summary>Inputs: their defaults and checks, and those that are exposed.</summary>
/// <param name="stores">The clusters.</param>
public sealed class InputTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task ComputedDefault_IsTheSameInEveryStep_AndChangesOfTheInputAreGone()
    {
        var process = await Client.StartJsonAsync(
            ShipChain.Type.Name,
            """{"address":{"city":"Bern"}}"""u8.ToArray(),
            new StartOptions { Id = NewId() },
            Cancel);
        await process.WaitAsync(Cancel);

        var output = await Client.GetHandle<ShipOutput>(process.Id).GetResultAsync(Cancel);

        var stored = WorkflowJson.Read<ShipInput>((await process.GetCheckpointAsync(Cancel)).Input, "input")!;
        output.Seen.ShouldBe(Enumerable.Repeat($"{stored.Ticket} 0", 3));
        output.Weight.ShouldBe(2);
    }

    [Theory]
    [InlineData(
        """{"address":{"city":""},"weight":10,"colour":"red","marks":5}""",
        "inputs.address.city: The City field is required.|inputs.weight: The field Weight must be between 1 and "
        + "9.|inputs.marks: a list is expected, not a number.|inputs.colour: there is no such port; there are: "
        + "address, weight, mostWeight, ticket, marks."
    )]
    [InlineData(
        """{"address":{"street":1}}""",
        "inputs.address.city: a value is required.|inputs.address.street: text is expected, not a number."
    )]
    [InlineData("""{"address":{"city":"Bern"},"weight":5,"mostWeight":4}""", "inputs.weight: It is too heavy.")]
    public async Task FaultyInput_IsRefusedWithAllFaultsAndTheirPaths(string input, string faults)
    {
        var id = NewId();

        var e = await Should.ThrowAsync<PortValidationException>(
            Client.StartJsonAsync(
                ShipChain.Type.Name,
                Encoding.UTF8.GetBytes(input),
                new StartOptions { Id = id },
                Cancel));

        string.Join('|', e.Faults).ShouldBe(faults);
        await Should.ThrowAsync<ProcessNotFoundException>(Client.GetHandle(id).GetStatusAsync(Cancel));
    }

    [Fact]
    public async Task ExposedPorts_MakeTheChildsInputAndForwardItsOutputs()
    {
        var process = await Client.StartJsonAsync(
            OrderChain.Type.Name,
            """{"ship":{"address":{"city":"Bern"},"weight":4},"whole":{"address":{"city":"Basel"}}}"""u8.ToArray(),
            new StartOptions { Id = NewId() },
            Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.IsSuccess.ShouldBeTrue(outcome.Message);
        var output = WorkflowJson.Read<OrderOutput>(outcome.Output, "output")!;
        output.Shipped.ToDictionary(static port => port.Key, static port => port.Value.ToString()).ShouldBe(
            new Dictionary<string, string> { ["city"] = "Bern", ["weight"] = "4" }, ignoreOrder: true);
        output.WholeCity.ShouldBe("Basel");
        var child = WorkflowJson.Read<ShipInput>(
            (await Client.GetHandle(ProcessId.Parse($"{process.Id}/0.0")).GetCheckpointAsync(Cancel)).Input,
            "input"
        )!;
        child.Marks.ShouldBe(["by the parent"]);
        var seen = (
            await Client.GetHandle<ShipOutput>(ProcessId.Parse($"{process.Id}/0.1")).GetResultAsync(Cancel)
        ).Seen;
        var stored = WorkflowJson.Read<OrderInput>((await process.GetCheckpointAsync(Cancel)).Input, "input")!;
        seen.ShouldBe(Enumerable.Repeat($"{stored.Whole!.Ticket} 0", 3));
        stored.Ship["mostWeight"].GetInt32().ShouldBe(9, "the default of an exposed port is stored with the process");
    }

    [Fact]
    public async Task ExposedPorts_AreCheckedWhenTheParentStarts()
    {
        var input = """{"ship":{"address":{"city":""},"weight":10,"ticket":"x"}}"""u8.ToArray();

        var e = await Should.ThrowAsync<PortValidationException>(
            Client.StartJsonAsync(OrderChain.Type.Name, input, cancellationToken: Cancel));

        e.Faults.Select(static fault => $"{fault}").ShouldBe(
        [
            "inputs.ship.address.city: The City field is required.",
            "inputs.ship.weight: The field Weight must be between 1 and 9.",
            "inputs.ship.ticket: there is no such port; there are: address, weight, mostWeight.",
        ]);
    }

    [Fact]
    public async Task EmitExposed_WhereNothingIsExposed_IsAFailure()
    {
        var process = await Client.StartJsonAsync(
            OrderChain.Type.Name,
            """{"ship":{"address":{"city":"Nowhere"}}}"""u8.ToArray(),
            cancellationToken: Cancel);

        var outcome = await process.WaitAsync(Cancel);

        outcome.State.ShouldBe(ProcessState.Excepted);
        outcome.Message.ShouldNotBeNull().ShouldStartWith("No outputs of ShipOutput are exposed at 'shiped'");
    }
}
