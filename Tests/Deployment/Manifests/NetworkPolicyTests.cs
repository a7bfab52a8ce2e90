using k8s.Models;
using Npgsql;

namespace Orleans.Workflows.Deployment.Manifests;

/// <summary>Who reaches a silo, and whom it reaches.</summary>
public sealed class NetworkPolicyTests(Kustomizations kustomizations)
{
    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Ingress_OfASilo_IsOpenToSilosClientsAndMonitoringOnTheirPortsOnly(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        var options = new SiloSettings(rendered.Silo).Silo;
        var opened = PoliciesOf(rendered, rendered.SiloPod, "Ingress")
            .SelectMany(static policy => policy.Spec.Ingress)
            .ToList();

        // A rule without ports opens all of them, and one without peers is for everybody.
        opened.ShouldAllBe(static rule => rule.Ports.Count == 1 && rule.FromProperty.Count > 0);
        opened.Select(static rule => rule.Ports[0].Protocol).ShouldAllBe(static protocol => protocol == "TCP");
        Peers(opened, options.SiloPort)
            .ShouldAllBe(peer =>
                peer.NamespaceSelector == null && Rendered.Selects(peer.PodSelector.MatchLabels, rendered.SiloPod));
        Peers(opened, options.GatewayPort).ShouldAllBe(static peer => Requires(peer, "orleans-workflows/client"));
        Peers(opened, options.HealthPort).ShouldAllBe(static peer => Requires(peer, "orleans-workflows/monitoring"));
        opened.Select(static rule => (string)rule.Ports[0].Port).Distinct()
            .ShouldBe([$"{options.SiloPort}", $"{options.GatewayPort}", $"{options.HealthPort}"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Egress_OfASilo_IsNamesTheDatabaseAndOtherSilos(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        var silos = $"TCP {new SiloSettings(rendered.Silo).Silo.SiloPort}";
        var opened = PoliciesOf(rendered, rendered.SiloPod, "Egress")
            .SelectMany(static policy => policy.Spec.Egress)
            .ToList();

        opened
            .SelectMany(Ports)
            .ShouldBe(["UDP 53", "TCP 53", $"TCP {NpgsqlConnection.DefaultPort}", silos], ignoreOrder: true);
        opened
            .Single(rule => Ports(rule).Contains(silos))
            .To.ShouldHaveSingleItem()
            .PodSelector.MatchLabels.ShouldSatisfyAllConditions(labels =>
                Rendered.Selects(labels, rendered.SiloPod).ShouldBeTrue());
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Migration_OfTheSchema_ReachesTheDatabaseAndNobodyReachesIt(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        var pod = rendered.Migration.Spec.Template;

        PoliciesOf(rendered, pod, "Ingress").ShouldAllBe(static policy => policy.Spec.Ingress == null);
        PoliciesOf(rendered, pod, "Egress").SelectMany(static policy => policy.Spec.Egress).SelectMany(Ports)
            .ShouldBe(["UDP 53", "TCP 53", $"TCP {NpgsqlConnection.DefaultPort}"], ignoreOrder: true);
    }

    // A pod that no policy of a direction selects is open to it.
    private static List<V1NetworkPolicy> PoliciesOf(Rendered rendered, V1PodTemplateSpec pod, string direction)
    {
        var policies = rendered
            .All<V1NetworkPolicy>()
            .Where(policy =>
                policy.Spec.PolicyTypes.Contains(direction)
                && Rendered.Selects(policy.Spec.PodSelector.MatchLabels, pod))
            .ToList();
        policies.ShouldNotBeEmpty();
        return policies;
    }

    private static List<V1NetworkPolicyPeer> Peers(List<V1NetworkPolicyIngressRule> rules, int port)
    {
        var peers = rules
            .Where(rule => rule.Ports[0].Port == $"{port}")
            .SelectMany(static rule => rule.FromProperty)
            .ToList();
        peers.ShouldNotBeEmpty();
        return peers;
    }

    private static bool Requires(V1NetworkPolicyPeer peer, string label) =>
        peer.IpBlock is null
        && peer.PodSelector?.MatchLabels is { } labels
        && labels.TryGetValue(label, out var value)
        && value == "true";

    private static IEnumerable<string> Ports(V1NetworkPolicyEgressRule rule) =>
        rule.Ports.Select(static port => $"{port.Protocol} {(string)port.Port}");
}
