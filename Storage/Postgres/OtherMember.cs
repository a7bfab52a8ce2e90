using System.Globalization;

namespace Orleans.Workflows.Storage.Postgres;

/// <summary>A member of another cluster on the same database.</summary>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="Port">Its port for silos.</param>
/// <param name="Generation">Its start.</param>
internal sealed record OtherMember(string ClusterId, string Name, string Address, int Port, int Generation)
{
    /// <summary>The member, as messages name it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Address}:{Port})");
}
