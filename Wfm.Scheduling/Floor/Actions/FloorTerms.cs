using NodaTime;

namespace Wfm.Scheduling.Floor.Actions;

/// <summary>What actions cost, how early people have to know, and how far they go. Costs are in paid hours, so that they need no currency.</summary>
public sealed record FloorTerms
{
    /// <summary>The terms where nobody has said anything else.</summary>
    public static FloorTerms Default { get; } = new();

    /// <summary>Paid hours that an hour of a missing head is worth, above 0.</summary>
    public double MissingHour { get; init => field = Positive(value, nameof(MissingHour)); } = 3;

    /// <summary>What an hour beyond a shift costs on top of the hour, as a share of it, 0 or more.</summary>
    public double OvertimePremium { get; init => field = NotNegative(value, nameof(OvertimePremium)); } = 0.5;

    /// <summary>What an hour of a shift on a day off costs on top of the hour, as a share of it, 0 or more.</summary>
    public double CallInPremium { get; init => field = NotNegative(value, nameof(CallInPremium)); } = 0.5;

    /// <summary>Paid hours that it is worth to leave one person alone, 0 or more.</summary>
    public double Disruption { get; init => field = NotNegative(value, nameof(Disruption)); } = 0.25;

    /// <summary>Missing head-hours that a change of one person's day takes away at least, above 0.</summary>
    public double SmallestEffect { get; init => field = Positive(value, nameof(SmallestEffect)); } = 0.2;

    /// <summary>How early a change within a shift that has begun is told.</summary>
    public Duration ChangeNotice { get; init; } = Duration.FromMinutes(10);

    /// <summary>How early somebody is asked to stay, or may go.</summary>
    public Duration ExtendNotice { get; init; } = Duration.FromMinutes(30);

    /// <summary>How early somebody is asked to begin before the planned start.</summary>
    public Duration StartEarlyNotice { get; init; } = Duration.FromMinutes(60);

    /// <summary>How early somebody is asked to come in on a day off.</summary>
    public Duration CallInNotice { get; init; } = Duration.FromMinutes(120);

    /// <summary>By how much a shift may grow at one end.</summary>
    public Duration LongestExtension { get; init; } = Duration.FromHours(2);

    /// <summary>Most people of one action, at least 1.</summary>
    public int MostPeople { get; init => field = value >= 1 ? value : throw Wrong(nameof(MostPeople), value, "at least 1"); } = 10;

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value) ? value : throw Wrong(name, value, "finite and above 0");

    private static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw Wrong(name, value, "finite and not below 0");

    private static SchedulingDataException Wrong(string name, double value, string allowed) => new($"floor terms: {name} is {value}; it must be {allowed}.");
}
