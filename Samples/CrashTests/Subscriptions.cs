using Orleans.Workflows;

namespace Samples.CrashTests;

/// <summary>A subscription: two weeks on trial, then the customer is charged.</summary>
public static class Subscriptions
{
    public static readonly ProcessType<Subscription, SubscriptionEnd> Careful = new("subscriptions/careful");

    public static readonly ProcessType<Subscription, SubscriptionEnd> Careless = new("subscriptions/careless");
}

/// <summary>Who subscribes.</summary>
public sealed record Subscription(string Customer, decimal Price);

/// <summary>What came of it.</summary>
public sealed record SubscriptionEnd(bool Charged);
