namespace Orleans.Workflows.Grains.Definitions;

/// <summary>
/// The input of one instance. It is read again for whoever comes after one that has had it in hand, and only when asked
/// for.
/// </summary>
/// <typeparam name="TInput">The input ports.</typeparam>
/// <param name="stored">The input as it is stored.</param>
/// <param name="value">The same, read.</param>
internal struct BoundInput<TInput>(byte[] stored, TInput value)
{
    private TInput _value = value;
    private State _state;

    /// <summary>What has become of the value that was read.</summary>
    private enum State
    {
        Fresh,
        Lent,
        Forgotten,
    }

    /// <summary>The input.</summary>
    public TInput Value
    {
        get
        {
            if (_state == State.Forgotten)
            {
                _value = WorkflowJson.Read<TInput>(stored, "input")!;
            }

            _state = State.Lent;
            return _value;
        }
    }

    /// <summary>Gives up what may have been changed.</summary>
    public void Forget() => _state = _state == State.Lent ? State.Forgotten : _state;
}
