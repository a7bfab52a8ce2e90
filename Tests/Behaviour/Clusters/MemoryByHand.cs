using Orleans.Workflows.Grains.Storage;
using Orleans.Workflows.Storage.Memory;

namespace Orleans.Workflows.Behaviour.Clusters;

/// <summary>Changes what a memory store has.</summary>
/// <param name="store">The store.</param>
internal sealed class MemoryByHand(MemoryProcessStore store) : IByHand
{
    public Task<byte[]> ChangeAsync(ProcessId id, string column, Func<byte[], byte[]> change)
    {
        byte[] was = [];
        Row(id, row =>
        {
            was = column switch
            {
                "checkpoint" => row.Checkpoint,
                "input" => row.Input,
                _ => row.Output!,
            };
            return column switch
            {
                "checkpoint" => row with { Checkpoint = change(was) },
                "input" => row with { Input = change(was) },
                _ => row with { Output = change(was) },
            };
        });
        return Task.FromResult(was);
    }

    public Task SetTypeAsync(ProcessId id, string type, int version)
    {
        Row(id, row => row with { Type = type, DefinitionVersion = version });
        return Task.CompletedTask;
    }

    public Task SetMessagesAsync(ProcessId receiver, byte[] payload)
    {
        store.Change(table =>
        {
            var entry = table.Find(receiver)!;
            foreach (var message in entry.Inbox.Values.ToList())
            {
                entry.Replace(message with { Payload = payload });
            }
        });
        return Task.CompletedTask;
    }

    public Task DeleteHistoryAsync(ProcessId id, long first, long last)
    {
        store.Change(table =>
            table.Find(id)!.History.RemoveAll(entry => entry.Version >= first && entry.Version <= last));
        return Task.CompletedTask;
    }

    public Task DeleteAsync(ProcessId id)
    {
        store.Change(table => table.Remove(id));
        return Task.CompletedTask;
    }

    public Task SetOperationAsync(ProcessId id, Guid operation)
    {
        Row(id, row => row with { LastOperation = operation });
        return Task.CompletedTask;
    }

    public Task<bool> BreakHistoryAsync(ProcessId id, long version) => Task.FromResult(false);

    private void Row(ProcessId id, Func<ProcessRow, ProcessRow> change) =>
        store.Change(table => table.Find(id)!.Row = change(table.Find(id)!.Row));
}
