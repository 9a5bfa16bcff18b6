using NodaTime;

namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>Classes, interval and opening hours, checked once, with the open axis and the shape of each class's deadlines.</summary>
internal sealed class DeferrableProblem
{
    public DeferrableProblem(IReadOnlyList<DeferrableClass> classes, Duration interval, bool[] open, string name = "classes")
    {
        ArgumentNullException.ThrowIfNull(classes, name);
        if (classes.Count == 0) throw new ArgumentException("There must be at least one deadline class.", name);
        Guard.Positive(interval);
        Guard.Filled(open, nameof(open));
        for (var k = 0; k < classes.Count; k++)
        {
            ArgumentNullException.ThrowIfNull(classes[k], $"{name}[{k}]");
            Guard.OfLength(classes[k].ArrivingHours, open.Length, $"{name}[{k}].ArrivingHours");
        }
        (Classes, Interval, Axis) = (classes, interval, new OpenAxis(open));
        Shapes = [.. classes.Select(c => new DeadlineShape(Axis, c.Turnaround / interval, c.ClockStopsWhenClosed))];
    }

    public IReadOnlyList<DeferrableClass> Classes { get; }

    public Duration Interval { get; }

    public OpenAxis Axis { get; }

    public DeadlineShape[] Shapes { get; }

    public BreachTally Lost { get; } = new();

    public DeadlineCurve[] Curves() => [.. Classes.Select((c, k) => DeadlineCurve.Of(c, Shapes[k], Axis, Interval.TotalSeconds, Lost))];

    public double OpeningHours => Classes.Sum(c => c.OpeningBacklog.Sum(b => b.Hours));

    public DeferrableBand Band(IReadOnlyList<DeadlineCurve> curves)
    {
        var (due, arrived) = (new double[Axis.Horizon], new double[Axis.Horizon]);
        var total = OpeningHours;
        for (var i = 0; i < Axis.Horizon; i++)
        {
            due[i] = curves.Sum(c => c.Due[Axis.Before(i + 1)]);
            arrived[i] = total += Classes.Sum(c => c.ArrivingHours[i]);
        }
        return new DeferrableBand(due, arrived, Lost.First(Interval));
    }
}
