using Orleans.Workflows.Behaviour.Clusters;

namespace Orleans.Workflows.Behaviour.Families;

/// <summary>A test with a family of processes.</summary>
/// <param name="stores">The clusters.</param>
/// <param name="kind">The store.</param>
public abstract class FamilyTest(Stores stores, StoreKind kind) : BehaviourTest(stores, kind)
{
    /// <summary>Starts a family with one child in each generation.</summary>
    /// <param name="levels">What each generation does.</param>
    /// <returns>The root.</returns>
    protected Task<ProcessHandle<MemberOutput>> StartAsync(params MemberKind[] levels) => StartAsync(1, levels);

    /// <summary>Starts a family.</summary>
    /// <param name="children">How many children each parent has.</param>
    /// <param name="levels">What each generation does.</param>
    /// <returns>The root.</returns>
    protected Task<ProcessHandle<MemberOutput>> StartAsync(int children, params MemberKind[] levels) =>
        Client.StartAsync(
            MemberProcess.Type,
            new MemberInput(levels, children),
            new StartOptions { Id = NewId() },
            Cancel);

    /// <summary>Waits until a child of a process stands where it was to go.</summary>
    /// <param name="parent">The parent.</param>
    /// <param name="does">What the child does.</param>
    /// <param name="step">The parent's step that starts it.</param>
    /// <returns>The child.</returns>
    protected async Task<ProcessHandle> ChildAsync(ProcessHandle parent, MemberKind does, int step = 0)
    {
        ArgumentNullException.ThrowIfNull(parent);
        await StatusAsync(parent, "waits for its children", static status =>
            status.Summary.State == ProcessState.Waiting);
        var child = Client.GetHandle(parent.Id.Child(step, 0));
        if (does is MemberKind.Runs or MemberKind.Deaf or MemberKind.Spins or MemberKind.GatedParent)
        {
            await Stage.ReachedAsync(child.Id, "entered", Cancel);
        }
        else if (does != MemberKind.NeverStarts)
        {
            await StatusAsync(child, "waits", static status => status.Summary.State == ProcessState.Waiting);
        }

        return child;
    }

    /// <summary>What every member of a family is.</summary>
    /// <param name="root">The root.</param>
    /// <returns>The members, parents first.</returns>
    protected static async Task<IReadOnlyList<ProcessSummary>> MembersAsync(ProcessHandle root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return [.. (await root.GetTreeAsync(Cancel)).Flatten().Select(static member => member.Process)];
    }
}
