using System.Globalization;
using System.Text.Json;
using Orleans.Workflows.CrashHost.Processes;
using Orleans.Workflows.CrashHost.Storm.Processes;

namespace Orleans.Workflows.CrashHost.Storm.Clients;

/// <summary>
/// What a client does with one process, from its start to its result: the same again when a killed client's successor
/// takes it up.
/// </summary>
public sealed record Conversation
{
    private const int LongestLeaf = 300;
    private const int LongestWait = 1_500;
    private const int LongestDoom = 8_000;

    /// <summary>The process.</summary>
    public required ProcessId Process { get; init; }

    /// <summary>Its type.</summary>
    public required string Type { get; init; }

    /// <summary>Its input as JSON.</summary>
    public required string Input { get; init; }

    /// <summary>Decides what is left to chance while the conversation runs.</summary>
    public required int Seed { get; init; }

    /// <summary>How many signals each sender sends; none for most.</summary>
    public IReadOnlyList<int> Senders { get; init; } = [];

    /// <summary>Whether the process is paused and played.</summary>
    public bool Pauses { get; init; }

    /// <summary>Whether the process is killed.</summary>
    public bool Kills { get; init; }

    /// <summary>When the process is killed, from its start on; null for never.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The id of the n-th process of a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="number">n.</param>
    /// <returns>The id.</returns>
    public static ProcessId Id(string client, int number) =>
        ProcessId.Parse(string.Create(CultureInfo.InvariantCulture, $"{client}-{number:000000}"));

    /// <summary>The number of a process.</summary>
    /// <param name="process">Its id.</param>
    /// <returns>The number.</returns>
    public static int Number(string process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return int.Parse(process.AsSpan(process.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
    }

    /// <summary>What a client does with its n-th process.</summary>
    /// <param name="client">The client.</param>
    /// <param name="number">n.</param>
    /// <param name="seed">The storm's.</param>
    /// <returns>The conversation.</returns>
    public static Conversation Of(string client, int number, int seed)
    {
        ArgumentNullException.ThrowIfNull(client);
        var own = client.Aggregate(unchecked((seed * 397) ^ number), static (hash, letter) =>
            unchecked((hash * 31) + letter));
        var random = new Random(own);
        var process = Id(client, number);
        Conversation With<TInput, TOutput>(ProcessType<TInput, TOutput> type, TInput input) =>
            new()
            {
                Process = process,
                Type = type.Name,
                Input = JsonSerializer.Serialize(input, WorkflowJson.Options),
                Seed = own,
            };
        switch (random.Next(22))
        {
            case < 5:
                return With(CrashTypes.Steps, new StepsInput(number, random.Next(3, 12)));
            case < 8:
                return With(CrashTypes.Steps, new StepsInput(number, random.Next(6, 20))) with { Pauses = true };
            case < 13:
                var senders = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 7)).ToList();
                return With(StormTypes.Collect, new CollectInput(senders.Sum())) with
                {
                    Senders = senders,
                    Pauses = random.Next(4) == 0,
                };
            case < 15:
                return With(
                    StormTypes.Alarms,
                    new AlarmsInput([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(LongestWait))]));
            case < 17:
                return With(StormTypes.Flaky, new FlakyInput(random.Next(1, 4)));
            case < 19:
                return With(
                    StormTypes.Family,
                    new FamilyInput(
                        number,
                        Depth: random.Next(1, 3),
                        Width: random.Next(1, 4),
                        random.Next(LongestLeaf))) with
                {
                    Pauses = random.Next(4) == 0,
                };
            case < 21:
                var doom = new DoomedInput(random.Next(1_000, LongestDoom), Runs: random.Next(2) == 0);
                return With(StormTypes.Doomed, doom) with { Deadline = doom.Deadline };
            default:
                return With(StormTypes.Family, new FamilyInput(number, Depth: 2, Width: 3, LongestLeaf)) with
                {
                    Kills = true,
                };
        }
    }
}
