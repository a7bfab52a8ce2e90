using k8s.Models;

namespace Orleans.Workflows.Deployment.Manifests;

/// <summary>What selects pods selects those that it is for, and no others.</summary>
public sealed class SelectionTests(Kustomizations kustomizations)
{
    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Selectors_ForSilos_SelectSilosOnly(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        IDictionary<string, string>[] selectors =
        [
            rendered.Deployment.Spec.Selector.MatchLabels,
            rendered.All<V1PodDisruptionBudget>().ShouldHaveSingleItem().Spec.Selector.MatchLabels,
            rendered.All<V1Service>().ShouldHaveSingleItem().Spec.Selector,
            .. rendered.SiloPod.Spec.TopologySpreadConstraints.Select(static spread =>
                spread.LabelSelector.MatchLabels),
        ];

        selectors.ShouldAllBe(selector => Rendered.Selects(selector, rendered.SiloPod));
        selectors.ShouldAllBe(selector => !Rendered.Selects(selector, rendered.Migration.Spec.Template));
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Service_OfTheGateways_IsHeadlessAndNamesTheGatewaysPort(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        var service = rendered.All<V1Service>().Single().Spec;

        service.ClusterIP.ShouldBe("None");
        var port = service.Ports.ShouldHaveSingleItem();
        port.Port.ShouldBe(new SiloSettings(rendered.Silo).Silo.GatewayPort);
        ((string)port.TargetPort).ShouldBe("gateway");
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void DisruptionBudget_OfTheSilos_LetsOneGoAndAnyThatIsNotReady(string kustomization)
    {
        var budget = kustomizations[kustomization].All<V1PodDisruptionBudget>().Single().Spec;

        ((string)budget.MaxUnavailable).ShouldBe("1");
        budget.UnhealthyPodEvictionPolicy.ShouldBe("AlwaysAllow");
    }
}
