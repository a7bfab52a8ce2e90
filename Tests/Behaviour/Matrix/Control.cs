namespace Orleans.Workflows.Behaviour.Matrix;

/// <summary>What is sent to a process.</summary>
public enum Control
{
    /// <summary>Pause, with a text.</summary>
    Pause,

    /// <summary>Play.</summary>
    Play,

    /// <summary>Kill, with a text.</summary>
    Kill,

    /// <summary>Kill by force, with a text.</summary>
    Force,

    /// <summary>Resume: the signal for which the process waits, or will wait.</summary>
    Resume,
}
