using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Staffing;

/// <summary>Who is served first: the one rule that requirement, roster, breach forecast and simulator share.</summary>
/// <remarks>
/// <para>
/// Live work goes before deadlines; of live work the lower priority number, then the smaller slack. Between deadlines the smallest slack ÷ weight goes first.
/// Slack is the time left to the deadline less the work left (<see cref="LatestStartSeconds"/>), so that it says how long one may still wait before beginning.
/// With equal weights this is earliest deadline first, with which every set of deadlines is met that any order meets; the weights say who is late first where
/// not all can be in time.
/// </para>
/// <para>
/// A legal clock outranks an equal slack of any severity, and loses against a slack half as long of any severity: so a clock of hours is not kept waiting by
/// one of days because a law has set that. The constructor sees to both. Once it must begin a legal clock goes on gaining urgency; an internal one that is
/// missed cannot be mended, is served before everything that can wait, but never before a legal clock that must begin.
/// </para>
/// <para>Source of the optimality: J. R. Jackson (1955), C. Liu, J. Layland, Journal of the ACM 20 (1973), 46–61.</para>
/// </remarks>
public sealed record ServiceDiscipline
{
    /// <summary>Handle times of exponential work that 95 % of contacts stay within: ln 20.</summary>
    private const double LongContact = 3.0;

    /// <summary>Steps of severity (S0 … S4) of 2^(1/10), together less than the law's 2^(1/2); both together less than twice.</summary>
    public static readonly ServiceDiscipline Default = new(Math.Sqrt(2), [1, Math.Pow(2, 0.1), Math.Pow(2, 0.2), Math.Pow(2, 0.3), Math.Pow(2, 0.4)]);

    /// <summary>Checks the rule.</summary>
    /// <param name="legalWeight">What the slack of a legal clock is divided by, finite, 1 or more.</param>
    /// <param name="severityWeights">The same per severity from harmless up, at least one, finite, more than 0; all equal where it does not count.</param>
    /// <exception cref="ArgumentException">A weight is outside its range; the law weighs less than severity can, or both together twice or more.</exception>
    public ServiceDiscipline(double legalWeight, double[] severityWeights)
    {
        SeverityWeights = Guard.EachPositive(Guard.Filled(severityWeights, nameof(severityWeights)), nameof(severityWeights));
        var spread = SeverityWeights.Max() / SeverityWeights.Min();
        LegalWeight = legalWeight >= spread && legalWeight >= 1 && legalWeight * spread < 2 ? legalWeight
            : throw Guard.OutOfRange(
                nameof(legalWeight), legalWeight,
                $"it must be at least 1 and at least {spread:0.###} (the most that severity weighs, so that a legal clock outranks an equal slack), "
                    + "and times that less than 2 (so that it does not outrank a slack half as long)");
    }

    /// <summary>What the slack of a legal clock is divided by.</summary>
    public double LegalWeight { get; }

    /// <summary>What slack is divided by, per severity.</summary>
    public double[] SeverityWeights { get; }

    /// <summary>The claim of a deadline.</summary>
    /// <param name="legal">Whether a law has set it.</param>
    /// <param name="severity">Severity, an index into <see cref="SeverityWeights"/>.</param>
    /// <param name="reach">Reach of the harm beside the other queues; finite, more than 0. It multiplies the weight, and with it leaves the bounds
    /// above.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such severity, or the reach is outside its range.</exception>
    public DeadlineClaim Deadline(bool legal, int severity, double reach = 1) => new(Weight(severity, reach) * (legal ? LegalWeight : 1), legal);

    /// <summary>The claim of live work, whose deadline is the threshold of its service level.</summary>
    /// <inheritdoc cref="Deadline"/>
    public DeadlineClaim Live(int severity, double reach = 1) => new(Weight(severity, reach), PressesWhenMissed: true);

    /// <summary>What comes before all urgency: live work by priority, then all deadlines alike. Lower is served first.</summary>
    /// <param name="live">Whether somebody waits now.</param>
    /// <param name="priority">Priority of the queue, 1 or more.</param>
    internal static int Rank(bool live, int priority) => live ? priority : int.MaxValue;

    /// <summary>How long before its deadline a contact must begin: three average handle times, which 95 % of exponential ones do not exceed.</summary>
    /// <param name="ahtSeconds">Average handle time in seconds; how long this contact takes nobody knows before.</param>
    internal static double LatestStartSeconds(double ahtSeconds) => LongContact * ahtSeconds;

    private double Weight(int severity, double reach)
    {
        if (severity < 0 || severity >= SeverityWeights.Length)
            throw Guard.OutOfRange(nameof(severity), severity, $"there are weights for 0 to {SeverityWeights.Length - 1}");
        return SeverityWeights[severity] * Guard.Positive(reach);
    }
}

/// <summary>How much a deadline weighs against others.</summary>
/// <param name="Weight">What its slack is divided by, more than 0.</param>
/// <param name="PressesWhenMissed">Whether it gains urgency beyond the moment at which it must begin: live work and legal clocks.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DeadlineClaim(double Weight, bool PressesWhenMissed)
{
    /// <summary>An internal deadline without severity: among such, earliest deadline first.</summary>
    public static readonly DeadlineClaim Plain = new(1, PressesWhenMissed: false);

    /// <summary>The urgency of a contact.</summary>
    /// <param name="slack">Time left less work left, in any unit that is the same for all; negative when it should have begun.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // once per skill of an agent who gets free
    internal Urgency At(double slack) =>
        slack >= 0 ? new Urgency(slack / Weight, 0, Weight) : new Urgency(PressesWhenMissed ? slack * Weight : 0, -slack * Weight, Weight);
}

/// <summary>How urgent a contact is at a moment; two of the same moment compare.</summary>
/// <param name="Slack">Weighted slack; less is more urgent.</param>
/// <param name="Missed">Between equals: weighted time since it should have begun; more is more urgent.</param>
/// <param name="Weight">Between equals of these: more is more urgent.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Urgency(double Slack, double Missed, double Weight)
{
    /// <summary>Less than 0 when this is more urgent, more than 0 when the other is, 0 between equals: then the older contact goes first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Against(in Urgency other)
    {
        if (Slack != other.Slack) return Slack < other.Slack ? -1 : 1;
        if (Missed != other.Missed) return Missed > other.Missed ? -1 : 1;
        return other.Weight.CompareTo(Weight);
    }
}
