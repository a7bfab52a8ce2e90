namespace Orleans.Workflows.Behaviour.FanOut;

/// <summary>The children of a chain of which three run at a time.</summary>
/// <param name="Children">How many there are.</param>
/// <param name="IntoContext">Whether their results go into the context.</param>
/// <param name="Gated">Whether each waits at its gate.</param>
/// <param name="Size">How many characters each returns.</param>
public sealed record FanBoundInput(int Children, bool IntoContext, bool Gated = true, int Size = 1);
