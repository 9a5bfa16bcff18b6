using FsCheck.Fluent;
using Wfm.Api.Features.Setup.ShiftTemplates;

namespace Wfm.Tests.Api.Features.Setup.ShiftTemplates;

public sealed class ShiftTemplateRulesTests
{
    [Test]
    public void Fit_LaterWindowMustGoFirst_IsFound()
    {
        // by start of window: the long one first, 0–60, then the short one cannot start by 50; the other way round both fit
        BreakWindow[] breaks = [new("meal", 60, 0, 100, false), new("break", 10, 10, 50, true)];

        ShiftTemplateRules.Fit(breaks).Should().BeTrue();
        ShiftTemplateRules.Fit([.. breaks, new("break", 10, 10, 15, true)]).Should().BeTrue();
        ShiftTemplateRules.Fit([.. breaks, new("break", 40, 10, 15, true)]).Should().BeTrue();
        ShiftTemplateRules.Fit([.. breaks, new("break", 50, 10, 15, true)]).Should().BeFalse(); // 10–60, then the break of 50 is late
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public FsCheck.Property Fit_AnyBreaks_AgreesWithEveryOrderTried(int seed)
    {
        var random = new Random(seed);
        var breaks = Enumerable.Range(0, random.Next(1, 6)).Select(_ => new { At = random.Next(0, 60), Wide = random.Next(0, 40), Long = random.Next(1, 30) })
            .Select(b => new BreakWindow("break", b.Long, b.At, b.At + b.Wide, true)).ToArray();

        return (ShiftTemplateRules.Fit(breaks) == Orders(breaks, 0)).ToProperty();
    }

    /// <summary>Tries every order: the plain version.</summary>
    private static bool Orders(BreakWindow[] left, int time) => left.Length == 0 || left.Index().Any(b =>
        Math.Max(time, b.Item.EarliestAfterMinutes) is var start && start <= b.Item.LatestAfterMinutes
        && Orders([.. left.Where((_, i) => i != b.Index)], start + b.Item.LengthMinutes));
}
