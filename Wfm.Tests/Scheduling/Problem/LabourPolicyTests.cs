using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Problem;

public sealed class LabourPolicyTests
{
    private static LabourRule Rule(string code, RuleParameters parameters) => RosterProblems.Rule(code, parameters);

    [Test]
    public void Rule_NumberMissing_NamesRuleAndNumber() => FluentActions.Invoking(() => Rule("maximumDailyHours", new())).Should()
        .Throw<SchedulingDataException>().WithMessage("*maximumDailyHours*hours is missing*");

    [Test]
    public void Rule_NumberOutsideItsRange_SaysTheRange() => FluentActions.Invoking(() => Rule("maximumDailyHours", new() { ["hours"] = 25 })).Should()
        .Throw<SchedulingDataException>().WithMessage("*hours must be between 0 and 24, it is 25*");

    [Test]
    public void Rule_NumberItDoesNotHave_NamesThoseItHas() =>
        FluentActions.Invoking(() => Rule("maximumDailyHours", new() { ["hours"] = 8, ["weeks"] = 2 })).Should().Throw<SchedulingDataException>()
            .WithMessage("*has no weeks, only hours, dayBasis*");

    [Test]
    public void Rule_EmptyNight_IsRefused() =>
        FluentActions.Invoking(() =>
                Rule(
                    "maximumNightHours", new()
                    {
                        ["hours"] = 8,
                        ["nightFromHour"] = 24,
                        ["nightToHour"] = 0,
                    }))
            .Should().Throw<SchedulingDataException>().WithMessage("*night is empty*");

    [Test]
    public void Rule_NoSuchKind_ListsTheKinds() => FluentActions.Invoking(() => Rule("maximumMoonlight", new())).Should()
        .Throw<SchedulingDataException>().WithMessage("*maximumMoonlight*minimumDailyRest*");

    [TestCase(DaysOfWeek.None)]
    [TestCase(DaysOfWeek.All)]
    public void WeekendDays_NoneOrAll_AreRefused(DaysOfWeek days) =>
        FluentActions.Invoking(() => new LabourPolicy("p", new LocalDate(2026, 1, 1), []) { WeekendDays = days }).Should().Throw<SchedulingDataException>()
            .WithMessage("*one to six*");
}
