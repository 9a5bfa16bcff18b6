using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

public sealed class RosterProblemBuilderTests
{
    private static readonly LocalDate Monday = new(2026, 11, 2);

    [Test]
    public void ToProblem_PreferredDaysOff_AreWishesForTheirDates()
    {
        var agent = Person();
        agent.PreferredDaysOff = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

        var wishes = RosterProblemBuilder.ToProblem(agent, ["early", "late"], Monday, 14).Preferences.Wishes;

        wishes.Select(w => w.Date).Should().Equal(Monday.PlusDays(5), Monday.PlusDays(6), Monday.PlusDays(12), Monday.PlusDays(13));
        wishes.Should().OnlyContain(w => !w.Wanted && w.Template == null && w.Weight > 0);
    }

    [Test]
    public void ToProblem_PreferredTemplates_MakeTheOthersCost()
    {
        var agent = Person();
        agent.PreferredTemplates = ["late"];

        var preferences = RosterProblemBuilder.ToProblem(agent, ["early", "late"], Monday, 14).Preferences;

        preferences.Templates.Should().ContainSingle().Which.Template.Should().Be("early");
        preferences.Wishes.Should().BeEmpty();
    }

    private static Agent Person() => new()
    {
        Code = "a-1",
        Name = "Somebody",
        Contract = new Contract { Code = "full", Name = "Full time", MaximumWeeklyHours = 40 },
        Skills = [new AgentSkillData("group", 1)],
    };
}
