using Orleans.Metadata;
using Orleans.Workflows.Grains.Storage;

namespace Orleans.Workflows.Grains.Definitions;

/// <summary>What the Active silos can run, as of one version of the cluster's manifest. Never changes.</summary>
internal sealed class TypesView
{
    private TypesView(ClusterManifest manifest, IReadOnlyList<Silo> silos, bool isComplete)
    {
        Manifest = manifest;
        Silos = silos;
        IsComplete = isComplete;
        var alike = silos.Select(static silo => silo.Text).Distinct(StringComparer.Ordinal).Count() == 1;
        IsUniform = alike && isComplete;
        Key = alike
            ? silos[0].Text ?? ""
            : string.Join(
                '\n',
                silos.OrderBy(static silo => silo.Address).Select(static silo => $"{silo.Address}={silo.Text}"));
    }

    /// <summary>Where it is from.</summary>
    public ClusterManifest Manifest { get; }

    /// <summary>The silos that run processes.</summary>
    public IReadOnlyList<Silo> Silos { get; }

    /// <summary>
    /// Whether every Active silo has been asked: Orleans does it at once, and again every 5 s while one does not
    /// answer.
    /// </summary>
    public bool IsComplete { get; }

    /// <summary>Whether it makes no difference which silo a process comes to.</summary>
    public bool IsUniform { get; }

    /// <summary>
    /// Another one when there may be a silo now for what had none: silos that are all alike may come and go without
    /// that.
    /// </summary>
    public string Key { get; }

    /// <summary>Reads the manifest.</summary>
    public static TypesView Of(ClusterManifest manifest, ClusterMembershipSnapshot members)
    {
        var type = GrainType.Create(AnnouncedTypes.ProcessGrainType);
        var read = new Dictionary<string, AnnouncedTypes>(StringComparer.Ordinal);
        var silos = new List<Silo>();
        foreach (var (address, grains) in manifest.Silos)
        {
            if (grains.Grains.TryGetValue(type, out var properties))
            {
                var text = properties.Properties.GetValueOrDefault(AnnouncedTypes.Property);
                var types =
                    text is null ? null
                    : read.TryGetValue(text, out var known) ? known
                    : read[text] = AnnouncedTypes.Read(text);
                silos.Add(
                    new Silo(
                        address,
                        members.Members.TryGetValue(address, out var member) ? member.Name : "",
                        text,
                        types));
            }
        }

        var asked = members.Members.Values.All(member =>
            member.Status != SiloStatus.Active || manifest.Silos.ContainsKey(member.SiloAddress));
        return new TypesView(manifest, silos, asked);
    }

    /// <summary>
    /// Finds the silos that can run a process; when none says so, those of a release that says nothing.
    /// </summary>
    /// <param name="needed">What it needs.</param>
    /// <param name="format">The format of its checkpoint; 0 when that is not known.</param>
    /// <returns>The silos; none when no live silo can.</returns>
    public IReadOnlyList<Silo> Able(NeededType needed, int format)
    {
        var able = Silos.Where(silo => silo.Types?.Fit(needed, format) == true).ToList();
        return able.Count > 0 ? able : [.. Silos.Where(static silo => silo.Types is null)];
    }

    /// <summary>A silo that runs processes.</summary>
    /// <param name="Address">Its address.</param>
    /// <param name="Name">Its name in the membership.</param>
    /// <param name="Text">What it says, as it says it; null when it says nothing.</param>
    /// <param name="Types">What it can run; null when it says nothing.</param>
    internal sealed record Silo(SiloAddress Address, string Name, string? Text, AnnouncedTypes? Types);
}
