using System.Text;
using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Shared.Processes;

namespace Orleans.Workflows.Cluster;

/// <summary>Rows that are put into the store without any activation: only supervisors find them.</summary>
internal static class StoredRows
{
    /// <summary>A process whose start is due at a time.</summary>
    public static Task<ProcessId> DueAsync(
        IProcessStore store,
        string id,
        DateTimeOffset due,
        string? type = null,
        int version = 1) =>
        StoreAsync(
            store,
            new ProcessRow
            {
                Id = ProcessId.Parse(id),
                RunId = "run",
                Type = type ?? Types.Hello.Name,
                DefinitionVersion = version,
                State = ProcessState.Created,
                Root = ProcessId.Parse(id),
                CreatedAt = due,
                UpdatedAt = due,
                DueAt = due,
                Version = 1,
                StartRequestId = "request",
                Input = """{"name":"row"}"""u8.ToArray(),
                Checkpoint = Encoding.UTF8.GetBytes(
                    $$$"""{"format":1,"position":"","wait":{"kind":1,"then":"","until":"{{{due:O}}}"}}"""),
            });

    /// <summary>A process whose first step runs on a silo.</summary>
    public static Task<ProcessId> OwnedAsync(
        IProcessStore store,
        string id,
        string owner,
        DateTimeOffset at,
        string name = "row") =>
        StoreAsync(
            store,
            new ProcessRow
            {
                Id = ProcessId.Parse(id),
                RunId = "run",
                Type = Types.Hello.Name,
                DefinitionVersion = 1,
                State = ProcessState.Running,
                Root = ProcessId.Parse(id),
                CreatedAt = at,
                UpdatedAt = at,
                Owner = owner,
                Version = 1,
                StartRequestId = "request",
                Input = Encoding.UTF8.GetBytes($$"""{"name":"{{name}}"}"""),
                Checkpoint = """{"format":1,"position":"RunAsync"}"""u8.ToArray(),
            });

    /// <summary>Whether a process has finished.</summary>
    public static async Task<bool> HasFinishedAsync(IProcessStore store, ProcessId id) =>
        (await store.LoadAsync(id, TestContext.Current.CancellationToken))!.Row.State == ProcessState.Finished;

    private static async Task<ProcessId> StoreAsync(IProcessStore store, ProcessRow row)
    {
        var commit = new ProcessCommit
        {
            OperationId = Guid.CreateVersion7(),
            Row = row,
            ExpectedVersion = 0,
            History = [new HistoryEvent(HistoryKind.Created)],
        };
        (await store.CommitAsync(commit, TestContext.Current.CancellationToken)).Status.ShouldBe(CommitStatus.Done);
        return row.Id;
    }
}
