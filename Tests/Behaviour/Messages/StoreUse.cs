namespace Orleans.Workflows.Behaviour.Messages;

/// <summary>What a process reads and writes.</summary>
/// <param name="Commits">How many commits it makes.</param>
/// <param name="Bytes">How many bytes of checkpoints and history are in them.</param>
/// <param name="Rows">How many messages and events are in them.</param>
/// <param name="Read">How many messages it reads.</param>
public readonly record struct StoreUse(int Commits, int Bytes, int Rows, int Read);
