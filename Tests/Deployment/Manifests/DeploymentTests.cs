using Orleans.Configuration;
using Orleans.Workflows.Silo.Hosting;
using k8s.Models;

namespace Orleans.Workflows.Deployment.Manifests;

/// <summary>What the manifests say of a silo is what the silo does.</summary>
public sealed class DeploymentTests(Kustomizations kustomizations)
{
    private static readonly TimeSpan KillMargin = TimeSpan.FromSeconds(10);

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Ports_OfTheContainer_AreThoseThatTheSiloListensOn(string kustomization)
    {
        var silo = kustomizations[kustomization].Silo;

        var options = new SiloSettings(silo).Silo;

        silo.Ports.ToDictionary(static port => port.Name, static port => port.ContainerPort)
            .ShouldBe(
                new Dictionary<string, int>
                {
                    ["silo"] = options.SiloPort,
                    ["gateway"] = options.GatewayPort,
                    ["health"] = options.HealthPort,
                },
                ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Variables_OfTheContainer_AreOptionsOfTheSiloWithLegalValues(string kustomization)
    {
        var silo = kustomizations[kustomization].Silo;

        silo.Env.Select(static variable => variable.Name)
            .Where(static name => !SiloSettings.IsRead(name))
            .ShouldBeEmpty();
        silo.Env.Select(static variable => variable.Name).ShouldBeUnique();
        new SiloSettings(silo).Engine.FindFaults().ShouldBeEmpty();
        Field(silo, "Workflows__Address").ShouldBe("status.podIP");
        Field(silo, "Workflows__SiloName").ShouldBe("metadata.name");
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Probes_OfTheContainer_AskWhatTheSiloAnswersAndWaitForIt(string kustomization)
    {
        var silo = kustomizations[kustomization].Silo;

        V1Probe[] probes = [silo.StartupProbe, silo.ReadinessProbe, silo.LivenessProbe];

        probes
            .Select(static probe => probe.HttpGet.Path)
            .ShouldBe([HealthServer.ReadyPath, HealthServer.ReadyPath, HealthServer.LivePath]);
        probes
            .Select(probe => Port(silo, probe.HttpGet.Port))
            .ShouldAllBe(port => port == new SiloSettings(silo).Silo.HealthPort);
        probes.ShouldAllBe(static probe => probe.TimeoutSeconds > HealthServer.ProbeTimeout.TotalSeconds);
        Allows(silo.StartupProbe).ShouldBeGreaterThan(new ClusterMembershipOptions().MaxJoinAttemptTime);
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void GracePeriod_OfThePod_CoversPreStopAndTheHostsShutdown(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        var preStop = rendered.Silo.Lifecycle.PreStop.Sleep.Seconds;

        var needed = TimeSpan.FromSeconds(preStop) + new SiloSettings(rendered.Silo).ShutdownTimeout() + KillMargin;

        preStop.ShouldBeGreaterThan(0);
        rendered.SiloPod.Spec.TerminationGracePeriodSeconds.ShouldNotBeNull();
        TimeSpan
            .FromSeconds(rendered.SiloPod.Spec.TerminationGracePeriodSeconds.Value)
            .ShouldBeGreaterThanOrEqualTo(needed);
    }

    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void Rollout_OfTheSilos_TakesNoneAwayBeforeAnotherIsReady(string kustomization)
    {
        var rendered = kustomizations[kustomization];
        var deployment = rendered.Deployment.Spec;

        deployment.Replicas.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(3);
        deployment.Strategy.Type.ShouldBe("RollingUpdate");
        ((string)deployment.Strategy.RollingUpdate.MaxUnavailable).ShouldBe("0");
        ((string)deployment.Strategy.RollingUpdate.MaxSurge).ShouldBe("1");
        deployment.MinReadySeconds.ShouldNotBeNull().ShouldBeGreaterThan(0);
        TimeSpan
            .FromSeconds(deployment.ProgressDeadlineSeconds ?? 600)
            .ShouldBeGreaterThan(
                Allows(rendered.Silo.StartupProbe) + TimeSpan.FromSeconds(deployment.MinReadySeconds.Value));
    }

    [Fact]
    public void Base_Unchanged_HasThreeSilosOfTheDefaultCluster()
    {
        var rendered = kustomizations["base"];

        var options = new SiloSettings(rendered.Silo).Silo;

        rendered.Deployment.Spec.Replicas.ShouldBe(3);
        (options.ClusterId, options.ServiceId).ShouldBe(
            (new WorkflowSiloOptions().ClusterId, new WorkflowSiloOptions().ServiceId));
    }

    /// <summary>
    /// A database is for one cluster: an overlay with an id of its own, on the base's database, would be refused.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kustomizations.All), MemberType = typeof(Kustomizations))]
    public void ClusterId_OfEveryOverlay_IsTheBases(string kustomization)
    {
        var options = new SiloSettings(kustomizations[kustomization].Silo).Silo;

        var ofTheBase = new SiloSettings(kustomizations["base"].Silo).Silo;

        (options.ClusterId, options.ServiceId).ShouldBe((ofTheBase.ClusterId, ofTheBase.ServiceId));
    }

    private static string? Field(V1Container container, string variable) =>
        container
            .Env.Where(candidate => candidate.Name == variable)
            .ShouldHaveSingleItem()
            .ValueFrom?.FieldRef?.FieldPath;

    private static int? Port(V1Container container, IntOrString port) =>
        container
            .Ports.FirstOrDefault(candidate => candidate.Name == port || $"{candidate.ContainerPort}" == port)
            ?.ContainerPort;

    private static TimeSpan Allows(V1Probe probe) =>
        TimeSpan.FromSeconds((probe.PeriodSeconds ?? 10) * (probe.FailureThreshold ?? 3));
}
