using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Identity;

/// <summary>Who code that is called from a step works for.</summary>
/// <param name="stores">The clusters.</param>
public sealed class IdentityTests(Stores stores) : BehaviourTest(stores, StoreKind.Memory)
{
    [Fact]
    public async Task Identity_InManyProcessesAtOnce_IsTheirOwn()
    {
        var processes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => StartAsync(hasChild: false)));
        await Task.WhenAll(processes.Select(process => Stage.ReachedAsync(process.Id, "entered", Cancel)));

        foreach (var process in processes)
        {
            Stage.Reach(process.Id, "go");
        }

        foreach (var process in processes)
        {
            var seen = (await process.GetResultAsync(Cancel)).Seen;
            var runId = Stage.NotesOf(process.Id)[0].Split(' ')[^1];
            ProcessIdentity At(string position) =>
                new(process.Id, runId, "behaviour/identity", Parent: null, process.Id, position);
            seen.ShouldBe([At("Awaiting"), At("Awaiting"), At("Awaiting"), At("Computing"), At("Computing")]);
        }

        CurrentProcess.Identity.ShouldBeNull();
    }

    [Fact]
    public async Task Identity_OfAChild_HasItsParentAndRoot()
    {
        var process = await StartAsync(hasChild: true);
        var child = process.Id.Child(2, 0);
        Stage.Reach(process.Id, "go");
        Stage.Reach(child, "go");

        var seen = (await process.GetResultAsync(Cancel)).Seen;

        seen.Count.ShouldBe(10);
        seen.Skip(5)
            .ShouldAllBe(identity =>
                identity!.ProcessId == child && identity.Parent == process.Id && identity.Root == process.Id);
        Stage.NotesOf(child)[0].ShouldStartWith($"{process.Id} {process.Id} ");
        Stage.NotesOf(process.Id)[0].ShouldStartWith($" {process.Id} ");
    }

    private Task<ProcessHandle<IdentityOutput>> StartAsync(bool hasChild) =>
        Client.StartAsync(IdentityProcess.Type, new IdentityInput(hasChild), new StartOptions { Id = NewId() }, Cancel);
}
